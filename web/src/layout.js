// Which pane a phone shows, and how high the upper row is at a desk: as high as the program and the
// lesson's text, as far as there is room.

import {tabs} from './dom.js';

const names = [['lesson', 'Lesson'], ['code', 'Code'], ['lanes', 'Lanes'], ['state', 'State']];
const paneOf = {lesson: 'lesson', code: 'code', lanes: 'timeline', state: 'inspector'};

export function createLayout({tabsHost, panes, store, editor}) {
    const shown = document.body.hasAttribute('data-embed') ? names.slice(1) : names;
    const pages = tabs({label: 'Panes', chosen: store.state.pane, names: shown, controls: (id) => paneOf[id],
                        choose: (pane) => store.set({pane})});
    tabsHost.append(pages.list);
    store.on(['pane'], ({pane}) => {
        pages.show(pane);
        panes.dataset.pane = pane;
        editor.measure();
    });
    const fit = () => {
        const {code, run} = store.state;
        const timeline = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--timeline')) || 194;
        const program = 28 + 10 + 18 * Math.max(code.split('\n').length, 12) + (run?.problems.length ? 80 : 0);
        const wanted = Math.max(program, 28 + textHeight(panes.querySelector('.lesson-body')));
        const most = panes.clientHeight - timeline - 122;
        document.documentElement.style.setProperty('--top', `${Math.max(200, Math.min(wanted, most))}px`);
    };
    store.on(['lesson', 'run'], fit);
    new ResizeObserver(fit).observe(panes);
}

const textHeight = ({firstElementChild: first, lastElementChild: last}) =>
    (first ? last.offsetTop + last.offsetHeight - first.offsetTop + 28 : 0);
