// DOM in few words. Text goes in as text nodes only, never as HTML: lessons, links and programs are not to be trusted.
//
//     h('button', {class: 'tap', onclick: run}, icon('play'), 'Run')

const svg = 'http://www.w3.org/2000/svg';

/** An element. Keys that start with `on` are listeners, `aria` and `data` hold their own; undefined and false leave out. */
export function h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) set(element, key, value);
    element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
    return element;
}

function set(element, key, value) {
    if (value === undefined || value === null || value === false) return;
    if (key.startsWith('on')) return element.addEventListener(key.slice(2), value);
    if (key === 'data') return Object.assign(element.dataset, value);
    if (key === 'aria') {
        for (const [name, text] of Object.entries(value)) element.setAttribute(`aria-${name}`, text);
        return;
    }
    element.setAttribute(key, value === true ? '' : value);
}

/** A drawn shape from index.html; it says nothing to a screen reader. */
export function icon(name, size = 16) {
    const shape = document.createElementNS(svg, 'svg');
    shape.setAttribute('class', 'icon');
    shape.setAttribute('width', size);
    shape.setAttribute('height', size);
    shape.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS(svg, 'use');
    use.setAttribute('href', `#${name.startsWith('g-') ? name : `i-${name}`}`);
    shape.append(use);
    return shape;
}

export const byId = (id) => document.getElementById(id);

/** Changes a text only where it differs, so that a screen reader and a selection are left in peace. */
export function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

/** Tabs as ARIA wants them: one stop of the Tab key, arrows, Home and End move and open. */
export function tabs({label, names, chosen, choose, controls}) {
    const list = h('div', {class: 'tabs', role: 'tablist', aria: {label}});
    for (const [id, text] of names) {
        list.append(h('button', {class: 'tab', role: 'tab', id: `tab-${id}`, type: 'button', data: {tab: id},
                                 aria: {controls: controls(id)}, onclick: () => choose(id)}, text));
    }
    list.addEventListener('keydown', (event) => moveTab(event, list, choose));
    const show = (id) => {
        for (const tab of list.children) {
            const on = tab.dataset.tab === id;
            tab.setAttribute('aria-selected', on);
            tab.tabIndex = on ? 0 : -1;
        }
    };
    show(chosen);
    return {list, show, tab: (id) => list.querySelector(`[data-tab="${id}"]`)};
}

function moveTab(event, list, choose) {
    const all = [...list.children].filter((tab) => !tab.hidden);
    const here = all.indexOf(document.activeElement);
    const to = {ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1}[event.key];
    if (to === undefined || event.altKey || event.shiftKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    const tab = all[(to + all.length) % all.length];
    tab.focus();
    choose(tab.dataset.tab);
}
