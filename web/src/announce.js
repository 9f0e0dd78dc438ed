// Says each step to a screen reader, in an ARIA log: new lines are read, the old ones stay to be read again.

import {h} from './dom.js';
import {sentences} from './panes/foot.js';

const most = 50;
const calm = 400; // ms between two announcements: a fast play says where it is, not each step on the way

export function announceSteps({log, store}) {
    let last = null;
    let timer = 0;
    let latest = null;
    store.on(['moment', 'run'], ({moment, run, view}) => {
        if (!run || !moment) return;
        latest = [moment, run];
        timer ||= setTimeout(() => {
            timer = 0;
            say(...latest);
        }, view?.playing ? calm : 0);
    });

    function say(moment, run) {
        const text = moment.step === 0 ? sentences(moment, run).join(' ')
            : `Step ${moment.step} of ${run.steps}: ${sentences(moment, run).filter(Boolean).join('. ')}`;
        if (text === last) return;
        last = text;
        log.append(h('p', {}, text));
        while (log.childElementCount > most) log.firstElementChild.remove();
    }
}
