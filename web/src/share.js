// A link is the unit of teaching: lesson, edited code, seed, clock, cursor and choices, compressed in the fragment. The
// fragment is the part of an address that a browser never sends.
//
//     await encode({lesson: 'channels', step: 20})     // "channels" alone, or "1.eNqr…"
//     await decode('1.eNqr…')                          // {lesson: 'channels', step: 20}
//
// A link comes from anybody: decode() takes only what it knows, in its type and size, and throws a ShareError otherwise.

import {isSchedule} from './schedule.js';

export class ShareError extends Error {}

const version = '1';
const maxCode = 200_000; // characters; the longest lesson has 3,000
const maxLink = 400_000;

const clocks = ['steps', 'virtual'];
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isText = (value) => typeof value === 'string' && value.length <= maxCode;

/** What may stand in a link, and when it is as it should be. */
const fields = {
    lesson: (value) => typeof value === 'string' && /^[a-z0-9-]{1,64}$/.test(value),
    code: isText,
    world: isText,
    seed: (value) => typeof value === 'string' && /^\d{1,20}$/.test(value), // 64 bits do not fit a number
    clock: (value) => clocks.includes(value),
    step: isCount,
    selected: isCount,
    answer: isCount,
    schedule: isSchedule,
};

export async function encode(moment) {
    const said = Object.fromEntries(Object.entries(moment).filter(([, value]) => value !== undefined));
    for (const [key, value] of Object.entries(said)) {
        if (!fields[key]?.(value)) throw new ShareError(`"${key}" does not fit in a link`);
    }
    if (Object.keys(said).length === 1 && said.lesson) return said.lesson;
    return `${version}.${toBase64Url(await deflate(new TextEncoder().encode(JSON.stringify(said))))}`;
}

export async function decode(fragment) {
    const text = fragment.replace(/^#/, '');
    if (text === '') return {};
    if (fields.lesson(text)) return {lesson: text};
    const [head, body] = [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)];
    if (head !== version) throw new ShareError('this link is of a kind that this page does not know');
    if (body.length > maxLink) throw new ShareError('this link is too long');
    return check(await parse(body));
}

async function parse(body) {
    try {
        return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(await inflate(fromBase64Url(body))));
    } catch (error) {
        throw error instanceof ShareError ? error : new ShareError('this link is cut off or damaged');
    }
}

function check(said) {
    if (typeof said !== 'object' || said === null) throw new ShareError('this link is cut off or damaged');
    const moment = {};
    for (const [key, isRight] of Object.entries(fields)) {
        if (!Object.hasOwn(said, key)) continue;
        if (!isRight(said[key])) throw new ShareError(`this link's "${key}" makes no sense`);
        moment[key] = said[key];
    }
    return moment;
}

// -- bytes ----------------------------------------------------------------------------------------------------------

const deflate = (bytes) => through(new CompressionStream('deflate'), bytes, Infinity);
/** A few bytes can inflate to gigabytes: it stops where no honest link would go on. */
const inflate = (bytes) => through(new DecompressionStream('deflate'), bytes, 4 * maxCode);

async function through(stream, bytes, limit) {
    const writer = stream.writable.getWriter();
    const written = writer.write(bytes).then(() => writer.close());
    written.catch(() => {}); // the reader below meets the same error
    const chunks = [];
    let length = 0;
    const reader = stream.readable.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        length += part.value.length;
        if (length > limit) {
            await reader.cancel();
            throw new ShareError('this link is too long');
        }
        chunks.push(part.value);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
    }
    return whole;
}

function toBase64Url(bytes) {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text) {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
