// The worker's file, which brings the module as the page does.

import moduleUrl from 'lenet1-wasm/lenet1_wasm_bg.wasm?url';
import { provideModule } from 'lenet1-wasm/slim';
import 'lenet1-wasm/worker/slim-entry';

// Not awaited: workers of some bundlers cannot wait here. If this fails, LeNet1Worker.create fails for the same reason.
provideModule(fetch(moduleUrl)).catch(console.error);
