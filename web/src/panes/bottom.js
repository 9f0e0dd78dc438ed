// Output, problems and events: real text, to be selected, searched and read out.

import {h, icon, tabs} from '../dom.js';
import {eventRows, outputRows, problemRows} from './rows.js';

export function createBottom({host, session, store}) {
    const views = {output: outputRows(session), problems: problemRows(session), events: eventRows(session)};
    const pages = tabs({label: 'Output, problems and events', chosen: 'output',
                        names: [['output', 'Output'], ['problems', 'Problems'], ['events', 'Events']],
                        controls: (id) => `rows-${id}`, choose: (bottomTab) => store.set({bottomTab})});
    const input = h('input', {type: 'search', id: 'filter', placeholder: 'Filter', aria: {label: 'Filter the events'},
                              autocomplete: 'off', oninput: () => session.filter(input.value),
                              onkeydown: (event) => { if (event.key === 'Escape') leave(); }});
    const filter = h('label', {class: 'filter'}, icon('search', 14), input);
    const count = h('span', {class: 'count'});
    host.append(h('div', {class: 'head'}, pages.list, filter, h('span', {class: 'spring'}), count),
                ...Object.values(views).map(({element}) => element));

    store.on(['bottomTab', 'run', 'moment', 'found', 'answer', 'stale'], (state) => {
        pages.show(state.bottomTab);
        filter.hidden = state.bottomTab !== 'events';
        for (const [name, {element}] of Object.entries(views)) element.hidden = name !== state.bottomTab;
        count.textContent = views[state.bottomTab].show(state);
        pages.tab('problems').textContent = `Problems ${state.run?.problems.length ?? 0}`;
        pages.tab('events').textContent = `Events ${state.run?.steps ?? 0}`;
    });
    store.on(['filter'], (state) => { if (input.value !== state.filter) input.value = state.filter; });

    function leave() {
        session.filter('');
        views.events.element.focus();
    }
    return {
        filter() {
            store.set({bottomTab: 'events', pane: 'code'});
            input.focus();
        },
    };
}
