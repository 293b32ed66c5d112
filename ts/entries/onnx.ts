/**
 * Nets as ONNX models, for other runtimes: onnxruntime, TensorRT, OpenVINO.
 * @module
 */

export { toOnnx } from '../nets/onnx.ts';
