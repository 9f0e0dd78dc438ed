// The worker that runs scripts: a request comes in, a saved run goes out. It may be ended at any moment.

import {loadRun} from 'costudio-run';

let runner;

self.addEventListener('message', async ({data}) => {
    try {
        if (data.wasm) {
            runner = loadRun({wasmBinary: data.wasm});
            await runner;
            return self.postMessage({ready: true});
        }
        const saved = (await runner).run(data.request);
        self.postMessage({id: data.id, saved}, [saved.buffer]);
    } catch (error) {
        self.postMessage({id: data.id, error: error.message});
    }
});
