// Who runs next and what goes wrong, chosen by hand: a list of choices "step:coroutine", "step:kill6", as
// `costudio sim --schedule` takes it.
//
//     choicesOf(view.state(13))            // [{coroutine: 1, …}, {coroutine: 3, …}]: at step 14 the loop runs one of them
//     withChoice('9:2', 14, 3)             // "9:2 14:3": by the number that its own process gives it

/** The coroutines among which the loop picks next; empty where it has no choice. */
export function choicesOf(moment) {
    const {choices = [], coroutines = []} = moment ?? {};
    if (choices.length < 2) return [];
    return choices.map((id) => coroutines.find(({coroutine}) => coroutine === id)).filter(Boolean);
}

const parse = (schedule) => schedule.split(/[\s,]+/).filter(Boolean);
const stepOf = (choice) => Number(choice.split(':')[0]);

/** What was chosen for later steps is dropped: they are not the same steps any more. */
export function withChoice(schedule, step, coroutine) {
    return [...parse(schedule).filter((choice) => stepOf(choice) < step), `${step}:${coroutine}`].join(' ');
}

/** The same with something that goes wrong: "54:drop", "60:kill6". Of those there may be several at one step. */
export const withInterference = (schedule, choice) =>
    [...parse(schedule).filter((other) => stepOf(other) <= stepOf(choice) && other !== choice), choice].join(' ');

export const withoutLast = (schedule) => parse(schedule).slice(0, -1).join(' ');
export const lastStep = (schedule) => (schedule ? stepOf(parse(schedule).at(-1)) : 0);

const choice = /^\d{1,9}:(main|(co#)?\d{1,9}|seed\d{1,20}|drop|(delay|kill)\d{1,9}|(cut|heal)\d{1,9}_\d{1,9})$/;
export const isSchedule = (text) => typeof text === 'string' && text.length <= 20_000 && parse(text).every((one) => choice.test(one));
