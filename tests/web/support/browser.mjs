// One Chromium for a whole test file, a fresh context for each test, and a list of all that went wrong in its console.
//
//     const site = await openSite();
//     test('…', site.with({viewport: desk}, async (page) => { … }));
//
// To load a page takes longer than most tests: many that need no fresh one go through the same.
//
//     const inOne = site.shared({open: '#channels'});
//     test('…', inOne(async (page) => { await openLesson(page, 'timers'); … }));

import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {strict as assert} from 'node:assert';
import {after} from 'node:test';

import {pageHandler} from '../../../web/tools/serve.mjs';

const fromWeb = createRequire(new URL('../../../web/package.json', import.meta.url));
const {chromium} = fromWeb('playwright-core');
export const axeSource = fromWeb.resolve('axe-core/axe.min.js');

export const desk = {width: 1280, height: 800};
export const phone = {width: 360, height: 640};
export const folder = process.env.COSTUDIO_PAGE ?? new URL('../../../build/web', import.meta.url).pathname;

const switches = [
    '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage',
];

export async function openBrowser() {
    const executablePath = process.env.COSTUDIO_CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({executablePath, args: switches});
    after(() => browser.close());
    return browser;
}

/** Serves the page below a path of its own, as many a static host does. */
export async function openSite({below = '/some/where'} = {}) {
    const handler = await pageHandler(folder);
    const server = createServer((request, response) => {
        if (!request.url.startsWith(`${below}/`)) return response.writeHead(404).end();
        request.url = request.url.slice(below.length);
        handler(request, response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = () => new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
    });
    after(() => server.listening && stop());
    const browser = await openBrowser();
    const address = `http://127.0.0.1:${server.address().port}${below}/`;
    return {address, browser, stop, with: (options, run) => withPage({browser, address, ...options}, run),
            shared: (options) => sharedPage({browser, address, ...options})};
}

/** A test's body: a page of its own, which must not complain. `open`: what stands behind the address; null: nothing yet. */
export function withPage({expectErrors = false, ...options}, run) {
    return async () => {
        const {page, own, errors} = await newPage(options);
        try {
            await run(page, own);
            if (!expectErrors) assert.deepEqual(errors, []);
        } finally {
            await own.close();
        }
    };
}

/** Bodies of tests that take turns in one page. One that fails leaves it in no known state: the next gets a fresh one. */
export function sharedPage(options) {
    let opened = null;
    return (run) => async () => {
        opened ??= await newPage(options);
        try {
            await run(opened.page, opened.own);
            assert.deepEqual(opened.errors.splice(0), []);
        } catch (error) {
            await opened.own.close();
            opened = null;
            throw error;
        }
    };
}

async function newPage({browser, address, viewport = desk, open = '', ...context}) {
    const own = await browser.newContext({viewport, serviceWorkers: 'block', ...context});
    try {
        const page = await own.newPage();
        page.setDefaultTimeout(20_000);
        const errors = watch(page);
        if (open !== null) await goTo(page, address + open);
        return {page, own, errors};
    } catch (error) {
        await own.close();
        throw error;
    }
}

function watch(page) {
    const errors = [];
    page.on('pageerror', (error) => errors.push(`error: ${error.message}`));
    page.on('console', (message) => {
        if (message.text().startsWith('Service Worker registration blocked by Playwright')) return; // by withPage() itself
        if (['error', 'warning'].includes(message.type())) errors.push(`${message.type()}: ${message.text()}`);
    });
    return errors;
}

/** The page is there when a run is shown: its editor, its worker and its canvas all work. */
export async function goTo(page, address) {
    await page.goto(address);
    await ready(page);
}

/** Another lesson in a page that is there already, as a link to it does; its run is shown, and nothing has the focus. */
export async function openLesson(page, id) {
    const before = await page.evaluate((wanted) => {
        const host = document.activeElement;
        (host.shadowRoot?.activeElement ?? host).blur();
        const {lesson, runs} = document.body.dataset;
        if (lesson !== wanted) location.hash = wanted;
        return lesson === wanted ? -1 : Number(runs);
    }, id);
    await page.waitForFunction(([wanted, count]) => document.body.dataset.lesson === wanted && Number(document.body.dataset.runs) > count,
                               [id, before]);
}

/** As it would be for somebody who has never been here: but for settings, which stay. */
export async function startOver(page, id) {
    await page.evaluate(() => {
        for (const dialog of document.querySelectorAll('dialog')) dialog.close();
        localStorage.clear();
    });
    await openLesson(page, id === 'timers' ? 'channels' : 'timers');
    await openLesson(page, id);
}

export const ready = (page) => page.waitForSelector('body[data-ready]');
export const step = async (page) => Number(await page.locator('body').getAttribute('data-step'));
export const atStep = (page, number) => page.waitForSelector(`body[data-step="${number}"]`);

/** The system of whoever reads the page changes to dark or light. */
export async function systemTheme(page, colorScheme) {
    await page.emulateMedia({colorScheme});
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
}
