// A run in a file: the saved run and what it came from, so that it opens again as it was, on any machine.
//
//     const text = writeRun({lesson: 'channels', code, seed: '0', schedule: '', saved});
//     readRun(text).code

import {isSchedule} from './schedule.js';

const kind = 'costudio run 1';
const maxSize = 200 * 1024 * 1024;

export class RunFileError extends Error {}

export function writeRun({lesson, code, seed, schedule, saved}) {
    let bytes = '';
    for (const byte of saved) bytes += String.fromCharCode(byte);
    return `${JSON.stringify({kind, lesson, seed, schedule, code, saved: btoa(bytes)})}\n`;
}

export function readRun(text) {
    if (text.length > maxSize) throw new RunFileError('This file is too large: a run has at most 200 MB.');
    let said;
    try {
        said = JSON.parse(text);
    } catch {
        throw new RunFileError('This file holds no run. Runs come from Export, "Save this run".');
    }
    if (said?.kind !== kind) throw new RunFileError('This file holds no run. Runs come from Export, "Save this run".');
    const {lesson, seed, schedule = '', code, saved} = said; // older files have no choices
    const whole = [lesson, code, saved].every((part) => typeof part === 'string') && /^\d{1,20}$/.test(seed) && isSchedule(schedule);
    if (!whole) throw new RunFileError('This run is damaged: a part of it is missing.');
    try {
        return {lesson, seed, schedule, code, saved: Uint8Array.from(atob(saved), (letter) => letter.charCodeAt(0))};
    } catch {
        throw new RunFileError('This run is damaged: its bytes cannot be read.');
    }
}
