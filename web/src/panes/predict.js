// The question before the first run. Each wrong answer says why it is wrong; one may try again.

import {h, icon} from '../dom.js';
import {marked} from './prose.js';

export function createPredict({session, lesson}) {
    if (!lesson.predict) return null;
    const {question, choices} = lesson.predict;
    const buttons = choices.map((choice, index) => h('button', {
        class: 'choice', type: 'button', role: 'radio', onclick: () => session.predict(index),
    }, h('span', {class: 'ring'}), h('span', {class: 'text'}, marked(choice.text)), h('span', {class: 'verdict'})));
    const why = h('p', {class: 'why', role: 'status'});
    const group = h('div', {role: 'radiogroup', aria: {labelledby: 'question'}, onkeydown: (event) => move(event, buttons)},
                    buttons);
    const element = h('section', {class: 'box-of predict'}, h('h3', {id: 'question'}, marked(question)), group, why);
    return {element, show: ({answer}) => show(answer)};

    function show(answer) {
        buttons.forEach((button, index) => {
            const chosen = index === answer;
            const {right} = choices[index];
            button.setAttribute('aria-checked', chosen);
            button.tabIndex = chosen || (answer === null && index === 0) ? 0 : -1;
            button.querySelector('.ring').replaceChildren(...(chosen ? [icon(right ? 'check' : 'cross', 12)] : []));
            button.querySelector('.verdict').textContent = chosen ? (right ? 'right' : 'not so') : '';
        });
        const text = answer === null ? '' : choices[answer].why;
        why.hidden = text === '';
        if (why.dataset.text === text) return; // told once, not at each step
        why.dataset.text = text;
        why.replaceChildren(...marked(text));
    }
}

/** Arrows move without answering: an answer is a decision. Space or Enter takes it. */
function move(event, buttons) {
    const by = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (!by || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const here = buttons.indexOf(document.activeElement);
    buttons[(here + by + buttons.length) % buttons.length].focus();
}
