// Who runs next, chosen by hand: a list of choices "step:coroutine", as `costudio sim --schedule` takes it.
//
//     choicesOf(view.state(13))            // [{coroutine: 1, …}, {coroutine: 3, …}]: at step 14 the loop runs one of them
//     withChoice('9:2', 14, 3)             // "9:2 14:3"

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

export const withoutLast = (schedule) => parse(schedule).slice(0, -1).join(' ');
export const lastStep = (schedule) => (schedule ? stepOf(parse(schedule).at(-1)) : 0);
export const isSchedule = (text) => typeof text === 'string' && text.length <= 20_000 && /^(\d{1,9}:[\w#]{1,24}[ ,]?)*$/.test(text);
