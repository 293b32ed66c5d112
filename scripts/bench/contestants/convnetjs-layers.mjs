// Layers that ConvNetJS lacks, in its own way: background past the border, kernels that share no bias, a bias for every
// unit, and the connection table. The convolutions themselves are ConvNetJS's. A volume is [y][x][map].

/** The layer classes, made from ConvNetJS's own. */
export function makeLayerClasses({ Vol, ConvLayer }) {
  /** Surrounds a plane with two rows and columns of background on each side. */
  class BorderLayer {
    constructor({ in_sx, in_sy, in_depth }) {
      Object.assign(this, { out_sx: in_sx + 4, out_sy: in_sy + 4, out_depth: in_depth, layer_type: 'border' });
    }

    forward(plane) {
      this.in_act = plane;
      this.out_act = new Vol(this.out_sx, this.out_sy, this.out_depth, -1);
      const row = plane.sx * plane.depth;
      for (let y = 0; y < plane.sy; y++) {
        this.out_act.w.set(plane.w.subarray(y * row, (y + 1) * row), this.#offset(y));
      }
      return this.out_act;
    }

    backward() {
      const plane = this.in_act;
      const row = plane.sx * plane.depth;
      for (let y = 0; y < plane.sy; y++) {
        plane.dw.set(this.out_act.dw.subarray(this.#offset(y), this.#offset(y) + row), y * row);
      }
    }

    getParamsAndGrads() {
      return [];
    }

    /** Where row y of the plane begins in the padded one. */
    #offset(y) {
      return ((y + 2) * this.out_sx + 2) * this.out_depth;
    }
  }

  /** A convolution without biases: each map's stays 0, since each unit has its own. */
  class KernelLayer extends ConvLayer {
    getParamsAndGrads() {
      return super.getParamsAndGrads().slice(0, this.out_depth);
    }
  }

  /** Adds a bias of its own to each unit. */
  class UnitBiasLayer {
    constructor({ in_sx, in_sy, in_depth }) {
      Object.assign(this, { out_sx: in_sx, out_sy: in_sy, out_depth: in_depth, layer_type: 'unit-bias' });
      this.biases = new Vol(in_sx, in_sy, in_depth, 0);
    }

    forward(sums) {
      this.in_act = sums;
      this.out_act = sums.clone();
      this.out_act.addFrom(this.biases);
      return this.out_act;
    }

    backward() {
      const { dw } = this.out_act;
      this.in_act.dw = dw;
      for (let unit = 0; unit < dw.length; unit++) this.biases.dw[unit] += dw[unit];
    }

    getParamsAndGrads() {
      return [{ params: this.biases.w, grads: this.biases.dw }];
    }
  }

  /** Convolutions side by side, each of which sees the input maps that `inputMaps` lists for it. */
  class ConnectedLayer {
    constructor({ in_sx, in_sy, sx, stride, filters, inputMaps }) {
      const depth = filters / inputMaps.length;
      this.parts = inputMaps.map((seen, index) => ({
        seen,
        seenAll: mapsFrom(0, seen.length),
        gives: mapsFrom(index * depth, depth),
        givesAll: mapsFrom(0, depth),
        kernels: new KernelLayer({ in_sx, in_sy, in_depth: seen.length, sx, stride, filters: depth }),
      }));
      const { out_sx, out_sy } = this.parts[0].kernels;
      Object.assign(this, { out_sx, out_sy, out_depth: filters, layer_type: 'connected' });
    }

    forward(planes) {
      this.in_act = planes;
      this.out_act = new Vol(this.out_sx, this.out_sy, this.out_depth, 0);
      for (const { seen, seenAll, gives, givesAll, kernels } of this.parts) {
        const input = new Vol(planes.sx, planes.sy, seen.length, 0);
        addMaps(planes.w, planes.depth, seen, input.w, input.depth, seenAll);
        const sums = kernels.forward(input);
        addMaps(sums.w, sums.depth, givesAll, this.out_act.w, this.out_depth, gives);
      }
      return this.out_act;
    }

    backward() {
      const planes = this.in_act;
      for (const { seen, seenAll, gives, givesAll, kernels } of this.parts) {
        addMaps(this.out_act.dw, this.out_depth, gives, kernels.out_act.dw, kernels.out_depth, givesAll);
        kernels.backward();
        addMaps(kernels.in_act.dw, kernels.in_depth, seenAll, planes.dw, planes.depth, seen);
      }
    }

    getParamsAndGrads() {
      return this.parts.flatMap(({ kernels }) => kernels.getParamsAndGrads());
    }
  }

  return { BorderLayer, KernelLayer, UnitBiasLayer, ConnectedLayer };
}

/** Adds maps `fromMaps` of one volume to maps `toMaps` of another of the same width and height, one to one. */
function addMaps(from, fromDepth, fromMaps, to, toDepth, toMaps) {
  for (let unit = 0; unit < from.length / fromDepth; unit++) {
    for (let index = 0; index < fromMaps.length; index++) {
      to[unit * toDepth + toMaps[index]] += from[unit * fromDepth + fromMaps[index]];
    }
  }
}

/** `count` maps from the first on. */
function mapsFrom(first, count) {
  return Array.from({ length: count }, (_, index) => first + index);
}
