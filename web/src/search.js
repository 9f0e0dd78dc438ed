// Search: which events of a run have all the words in them. A long run is looked through in slices; what has been found so
// far is told in between.
//
//     const search = createSearch({events: (from, count) => […], tell: ({found, done}) => show(found)});
//     search.start('push milk', 38);

import {inSlices} from './slices.js';

const piece = 250; // events

export function createSearch({events, tell}) {
    let latest = 0;
    return {
        stop() {
            ++latest;
        },
        async start(filter, steps) {
            const own = ++latest;
            const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
            const found = [];
            let from = 1;
            let told = performance.now();
            const whole = await inSlices(() => {
                found.push(...events(from, piece).filter((event) => has(event, words)));
                from += piece;
                if (from <= steps && performance.now() - told > 200) {
                    told = performance.now();
                    tell({found: [...found], done: false});
                }
                return from > steps;
            }, () => own !== latest);
            if (whole) tell({found, done: true});
        },
    };
}

function has({who, verb, what, call, step}, words) {
    const text = `step ${step} ${who} ${verb} ${what} ${call}`.toLowerCase();
    return words.every((word) => text.includes(word));
}
