// Progress: what a person has done in each lesson, by the lesson's id.
//
//     progress.note('channels', {answered: 1, right: true});
//     progress.of('channels').done      // answered rightly, and seen to its end

import {keep, kept} from './keep.js';

export function createProgress() {
    const all = kept('progress', {});
    return {
        of: (id) => all[id] ?? {},
        /** True when this is what finished the lesson. */
        note(id, facts) {
            const before = all[id] ?? {};
            const after = {...before, ...facts};
            after.done = before.done || Boolean(after.ended && (after.right || !after.asks));
            all[id] = after;
            keep('progress', all);
            return after.done && !before.done;
        },
        done: () => Object.values(all).filter((facts) => facts.done).length,
    };
}

export const drafts = {
    of: (id) => kept('drafts', {})[id],
    keep(id, code) {
        const all = kept('drafts', {});
        if (code === undefined) delete all[id];
        else all[id] = code;
        keep('drafts', all);
    },
};
