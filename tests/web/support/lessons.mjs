// The course as the built page has it.

import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';

import {folder} from './browser.mjs';

const names = readdirSync(folder);
const read = (start) => JSON.parse(readFileSync(join(folder, names.find((name) =>
    name.startsWith(`${start}-`) && /^[0-9a-f]{10}\.json$/.test(name.slice(start.length + 1)))), 'utf8'));

export const list = read('course').lessons;
export const course = list.map(({id}) => read(`lessons-${id}`));
export const lesson = (id) => course.find((one) => one.id === id);
/** Its words in another language, as they come to the page. */
export const wordsOf = (id, language) => read(`lessons-${id}.${language}`);
/** As it is read: what stands between backquotes is set as code. */
export const asRead = (text) => text.replaceAll('`', '');
