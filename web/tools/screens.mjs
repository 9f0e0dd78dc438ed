// Pictures of lessons, at a desk and on a phone, dark and light, for a person's eyes: is anything cut off, overlapping,
// blurred or hard to read?
//
//     node web/tools/screens.mjs --page build/web --out pictures [--lessons channels,timers] [--checkpoint 1]
//
// Of each lesson: desk-<theme>-<lesson>.png at 1280 x 800, and phone-<theme>-<lesson>.png with the four panes of a
// phone of 360 x 640 beside each other. They stand at the lesson's last checkpoint, or at the one that is asked for.

import {mkdir, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';

import {chromium} from 'playwright-core';

import {pageHandler} from './serve.mjs';

const {values: options} = parseArgs({options: {
    page: {type: 'string', default: 'build/web'}, out: {type: 'string', default: 'pictures'},
    lessons: {type: 'string'}, checkpoint: {type: 'string'}, themes: {type: 'string', default: 'dark,light'},
    kinds: {type: 'string', default: 'desk,phone'},
    chromium: {type: 'string', default: process.env.COSTUDIO_CHROMIUM ?? '/usr/bin/chromium'},
}});
const panes = ['Lesson', 'Code', 'Lanes', 'State'];
const kinds = {
    desk: {viewport: {width: 1280, height: 800}},
    phone: {viewport: {width: 360, height: 640}, deviceScaleFactor: 2, hasTouch: true, isMobile: true},
};

const server = createServer(await pageHandler(resolve(options.page)));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({executablePath: options.chromium, args: [
    '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking']});
await mkdir(options.out, {recursive: true});
try {
    for (const kind of options.kinds.split(',')) {
        for (const theme of options.themes.split(',')) await pictures(kind, theme);
    }
} finally {
    await browser.close();
    server.close();
}

async function pictures(kind, theme) {
    const context = await browser.newContext({...kinds[kind], colorScheme: theme, serviceWorkers: 'block', reducedMotion: 'reduce'});
    for (const id of await wanted(context)) {
        const page = await context.newPage();
        await page.goto(`${address}#${id}`);
        await page.waitForSelector('body[data-ready]');
        await toCheckpoint(page);
        const picture = kind === 'desk' ? await page.screenshot() : await sheet(await shots(page));
        await writeFile(join(options.out, `${kind}-${theme}-${id}.png`), picture);
        console.log(`${kind}-${theme}-${id}.png`);
        await page.close();
    }
    await context.close();
}

async function wanted(context) {
    if (options.lessons) return options.lessons.split(',');
    const page = await context.newPage();
    await page.goto(address);
    const name = await page.evaluate(() => JSON.parse(document.getElementById('asset-addresses').textContent)['course.json']);
    const {lessons} = await (await fetch(address + name)).json();
    await page.close();
    return lessons.map(({id}) => id);
}

async function toCheckpoint(page) {
    const all = page.locator('.checkpoint:not([disabled])');
    const count = await all.count();
    if (count === 0) return page.keyboard.press('End');
    const index = options.checkpoint === undefined ? count - 1 : Math.min(Number(options.checkpoint), count - 1);
    const step = (await all.nth(index).locator('.at').textContent()).replace('step ', '');
    await all.nth(index).evaluate((button) => button.click());
    await page.waitForSelector(`body[data-step="${step}"]`);
    await painted(page);
}

function painted(page) {
    return page.evaluate(() => new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

async function shots(page) {
    const taken = [];
    for (const name of panes) {
        await page.getByRole('tab', {name, exact: true}).click();
        await painted(page);
        taken.push(await page.screenshot());
    }
    return taken;
}

async function sheet(pngs) {
    const page = await browser.newPage({viewport: {width: pngs.length * 368, height: 640}, deviceScaleFactor: 1.5});
    await page.setContent(`<body style="margin:0;display:flex;gap:8px;background:#888">${pngs.map((png) =>
        `<img width=360 height=640 src="data:image/png;base64,${png.toString('base64')}">`).join('')}`);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    const picture = await page.screenshot();
    await page.close();
    return picture;
}
