// The worker's file, which brings the module as the page does.

import moduleUrl from 'lenet1-wasm/lenet1_wasm_bg.wasm?url';
import { provideModule } from 'lenet1-wasm/slim';
import 'lenet1-wasm/worker/slim-entry';

// Not awaited, since not every bundler's workers may wait; LeNet1Worker.create is refused for the same reason as this is.
provideModule(fetch(moduleUrl)).catch(console.error);
