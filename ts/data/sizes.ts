// The sizes of images.

/** Side of the net's images in pixels. */
export const IMAGE_SIDE = 16;
/** Grey levels of such an image: 16 rows of 16, from the top left, row by row. */
export const IMAGE_SIZE: number = IMAGE_SIDE * IMAGE_SIDE;
/** Side of MNIST's images in pixels. */
export const MNIST_SIDE = 28;
