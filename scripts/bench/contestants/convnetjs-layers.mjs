// Layers in ConvNetJS's own way for what it has none for: background past the border, shared kernels without a shared
// bias, a bias for every unit, and the connection table. The convolutions themselves are ConvNetJS's.
// A volume is [y][x][map].

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

  /** A convolution whose bias a map stays 0, since each unit has its own. */
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

  /** Three convolutions side by side, each of which sees the maps of its input that `inputMaps` lists for it. */
  class ConnectedLayer {
    constructor({ in_sx, in_sy, sx, stride, filters, inputMaps }) {
      this.inputMaps = inputMaps;
      this.parts = inputMaps.map(
        ({ length }) =>
          new KernelLayer({ in_sx, in_sy, in_depth: length, sx, stride, filters: filters / inputMaps.length }),
      );
      const [{ out_sx, out_sy }] = this.parts;
      Object.assign(this, { out_sx, out_sy, out_depth: filters, layer_type: 'connected' });
    }

    forward(planes) {
      this.in_act = planes;
      this.out_act = new Vol(this.out_sx, this.out_sy, this.out_depth, 0);
      this.parts.forEach((part, index) => {
        const seen = new Vol(planes.sx, planes.sy, part.in_depth, 0);
        copyMaps(planes.w, this.inputMaps[index], seen.w, planes.depth, part.in_depth);
        placeMaps(part.forward(seen).w, index, this.out_act.w, part.out_depth, this.out_depth);
      });
      return this.out_act;
    }

    backward() {
      const planes = this.in_act;
      planes.dw.fill(0);
      this.parts.forEach((part, index) => {
        takeMaps(this.out_act.dw, index, part.out_act.dw, this.out_depth, part.out_depth);
        part.backward();
        addMaps(part.in_act.dw, this.inputMaps[index], planes.dw, part.in_depth, planes.depth);
      });
    }

    getParamsAndGrads() {
      return this.parts.flatMap((part) => part.getParamsAndGrads());
    }
  }

  return { BorderLayer, KernelLayer, UnitBiasLayer, ConnectedLayer };
}

/** Copies some maps of `from` to `to`, where they are all. */
function copyMaps(from, maps, to, fromDepth, toDepth) {
  for (let at = 0; at < to.length / toDepth; at++) {
    for (let index = 0; index < toDepth; index++) to[at * toDepth + index] = from[at * fromDepth + maps[index]];
  }
}

/** Adds all maps of `from` to some of `to`. */
function addMaps(from, maps, to, fromDepth, toDepth) {
  for (let at = 0; at < from.length / fromDepth; at++) {
    for (let index = 0; index < fromDepth; index++) to[at * toDepth + maps[index]] += from[at * fromDepth + index];
  }
}

/** Copies all maps of `from` to the ones of `to` that are part number `part`. */
function placeMaps(from, part, to, fromDepth, toDepth) {
  for (let at = 0; at < from.length / fromDepth; at++) {
    for (let map = 0; map < fromDepth; map++) to[at * toDepth + part * fromDepth + map] = from[at * fromDepth + map];
  }
}

/** The reverse of \`placeMaps\`. */
function takeMaps(from, part, to, fromDepth, toDepth) {
  for (let at = 0; at < to.length / toDepth; at++) {
    for (let map = 0; map < toDepth; map++) to[at * toDepth + map] = from[at * fromDepth + part * toDepth + map];
  }
}
