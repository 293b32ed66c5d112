/* @ts-self-types="./lenet1_wasm.d.ts" */
import * as wasm from "./lenet1_wasm_bg.wasm";
import { __wbg_set_wasm } from "./lenet1_wasm_bg.js";

__wbg_set_wasm(wasm);
wasm.__wbindgen_start();
export {
    RawActivation, RawCost, RawDigits, RawDraws, RawError, RawEvaluation, RawLimit, RawNetwork, RawNumpyRandom, RawRecipe
} from "./lenet1_wasm_bg.js";
