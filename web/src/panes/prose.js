// A lesson's blocks as DOM. They come as data from the course, and every text in them stays text.

import {h} from '../dom.js';

const tagOf = {strong: 'strong', emphasis: 'em', code: 'code'};

export function prose(blocks) {
    const parts = [];
    let list = null;
    for (const {kind, runs} of blocks) {
        if (kind === 'bullet') {
            if (!list) parts.push(list = h('ul'));
            list.append(h('li', {}, inline(runs)));
            continue;
        }
        list = null;
        if (kind === 'heading') parts.push(h('h3', {}, inline(runs)));
        else if (kind === 'code') parts.push(h('pre', {tabindex: 0}, runs.map(({text}) => text).join('')));
        else parts.push(h('p', {}, inline(runs)));
    }
    return h('div', {class: 'prose'}, parts);
}

/** Code between backticks, in texts that are no prose of their own. */
export const marked = (text) => text.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));

const inline = (runs) => runs.map(({style, text}) => (tagOf[style] ? h(tagOf[style], {}, text) : text));
