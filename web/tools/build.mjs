// Builds the page: one folder that any static host can serve below any path, and in it `costudio.html`, the same page as
// one file that runs from disk.
//
//     node tools/build.mjs --modules ../build/wasm/modules --course course.json --out ../build/web

import {createHash} from 'node:crypto';
import {mkdir, readFile, readdir, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, extname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs, promisify} from 'node:util';
import {brotliCompress, constants, gzipSync} from 'node:zlib';

import * as esbuild from 'esbuild';

import {filePolicy, sitePolicy} from './policy.mjs';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const {values: options} = parseArgs({options: {
    modules: {type: 'string'}, course: {type: 'string'}, out: {type: 'string'},
}});
const out = resolve(options.out);
const modules = resolve(options.modules);

async function main() {
    const page = await readFile(join(here, 'page/index.html'), 'utf8');
    const course = courseAssets(JSON.parse(await readFile(options.course, 'utf8')));
    const assets = {...course, 'worker.js': await script('src/engine/worker.js', 'iife'), ...await wasmAssets()};
    const site = await buildSite(page, assets);
    const single = await buildSingle(page, assets);
    await place(new Map([...site, ...await packed(site), ['costudio.html', single]]));
}

// -- the parts ------------------------------------------------------------------------------------------------------

/** A list of all lessons for the first load, and each lesson, and each of its translations, by itself. */
function courseAssets({version, lessons}) {
    const asset = (value) => Buffer.from(JSON.stringify(value));
    const list = lessons.map(({id, order, title, chapter, predict, translations}) => ({
        id, order, title, chapter, asks: predict !== null,
        words: Object.fromEntries(Object.entries(translations).map(([language, words]) =>
            [language, {title: words.title, chapter: words.chapter}])),
    }));
    const assets = {'course.json': asset({version, lessons: list})};
    for (const {translations, ...lesson} of lessons) {
        assets[`lessons/${lesson.id}.json`] = asset(lesson);
        for (const [language, words] of Object.entries(translations)) {
            assets[`lessons/${lesson.id}.${language}.json`] = asset(words);
        }
    }
    return assets;
}

async function wasmAssets() {
    const assets = {};
    for (const name of ['costudio_run.wasm', 'costudio_view.wasm']) assets[name] = await readFile(join(modules, name));
    for (const name of (await readdir(join(modules, 'fonts'))).sort()) {
        assets[`fonts/${name}`] = await readFile(join(modules, 'fonts', name));
    }
    return assets;
}

async function bundle(entry, more) {
    const result = await esbuild.build({
        entryPoints: [join(here, entry)], bundle: true, minify: true, write: false, legalComments: 'none',
        target: ['chrome109', 'firefox115', 'safari16.4'], outdir: out, logLevel: 'warning', platform: 'browser',
        alias: {'costudio-run': join(modules, 'run.js'), 'costudio-view': join(modules, 'view.js')},
        nodePaths: [join(here, 'node_modules')],
        // The modules' loaders can run in node too; those branches are dead in a browser.
        external: ['module', 'fs', 'path', 'url', 'worker_threads', 'node:*'],
        logOverride: {'empty-import-meta': 'silent'},
        ...more,
    });
    return result.outputFiles;
}

async function script(entry, format) {
    return Buffer.from((await bundle(entry, {format}))[0].contents);
}

const styles = async () => Buffer.from((await bundle('styles/main.css', {}))[0].contents).toString();

const weights = {Regular: 400, Medium: 500, SemiBold: 600, Bold: 700};

/** The page writes with the same files as the canvas. */
function faces(assets, addressOf) {
    return Object.keys(assets).filter((name) => name.startsWith('fonts/')).map((name) => {
        const [, family, weight] = /([A-Za-z]+)-(\w+)\.\w+$/.exec(name);
        const spaced = family.replace(/([a-z])([A-Z])/g, '$1 $2').replace('Jet Brains', 'JetBrains');
        return `@font-face{font-family:"${spaced}";font-weight:${weights[weight]};font-display:swap;src:url(${addressOf(name)})}\n`;
    }).join('');
}

// -- the site -------------------------------------------------------------------------------------------------------

/** name -> contents. Names carry a hash of the contents, so that two versions never mix; but for those that people type. */
async function buildSite(page, assets) {
    const files = new Map();
    const add = (name, contents) => {
        const address = hashed(name, contents);
        files.set(address, contents);
        return address;
    };
    const addresses = Object.fromEntries(Object.entries(assets).map(([name, contents]) => [name, add(name, contents)]));
    const app = add('app.js', await script('src/main.js', 'esm'));
    const style = add('style.css', Buffer.from(faces(assets, (name) => addresses[name]) + await styles()));
    const early = [addresses['course.json'], addresses['costudio_view.wasm'], addresses['costudio_run.wasm']];
    files.set('index.html', Buffer.from(fill(page, {
        csp: sitePolicy,
        head: [`<link rel="icon" href="${add('icon.svg', await readFile(join(here, 'page/icon.svg')))}">`,
               `<link rel="stylesheet" href="${style}">`,
               ...early.map((address) => `<link rel="preload" href="${address}" as="fetch" crossorigin>`)].join('\n'),
        body: [`<script type="application/json" id="asset-addresses">${JSON.stringify(addresses)}</script>`,
               `<script type="module" src="${app}"></script>`].join('\n'),
    })));
    files.set('service_worker.js', await serviceWorker(files));
    return files;
}

function hashed(name, contents) {
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
    const flat = name.replaceAll('/', '-');
    return `${flat.slice(0, -extname(flat).length)}-${hash}${extname(flat)}`;
}

async function serviceWorker(files) {
    const all = createHash('sha256');
    for (const [name, contents] of files) all.update(name).update(contents);
    const names = [...files.keys()].map((name) => (name === 'index.html' ? './' : name));
    const [{contents}] = await bundle('src/service_worker.js', {format: 'iife', define: {
        version: JSON.stringify(all.digest('hex').slice(0, 16)), files: JSON.stringify(names),
    }});
    return Buffer.from(contents);
}

// -- the one file -----------------------------------------------------------------------------------------------------

async function buildSingle(page, assets) {
    const app = (await script('src/main.js', 'esm')).toString().replaceAll('</script', '<\\/script');
    const style = faces(assets, (name) => `data:font/${extname(name).slice(1)};base64,${assets[name].toString('base64')}`) +
        await styles();
    const embedded = Object.entries(assets).map(([name, contents]) =>
        `<script type="application/octet-stream" id="asset-${name}">${gzipSync(contents, {level: 9}).toString('base64')}</script>`);
    const addresses = Object.fromEntries(Object.keys(assets).map((name) => [name, name]));
    return Buffer.from(fill(page, {
        csp: filePolicy({script: app, style}),
        head: `<style>${style}</style>`,
        body: [`<script type="application/json" id="asset-addresses">${JSON.stringify(addresses)}</script>`,
               ...embedded, `<script type="module">${app}</script>`].join('\n'),
    }));
}

/** By a function: in a bundle `$&` is only a piece of code, to replace() it would mean something. */
function fill(page, parts) {
    return page.replace(/\{\{(\w+)\}\}/g, (whole, name) => parts[name] ?? whole);
}

// -- compressed -------------------------------------------------------------------------------------------------------

/** Beside each file the same as Brotli makes it at its best: for hosts that serve what they find, as our own does. */
async function packed(site) {
    return Promise.all([...site].map(async ([name, contents]) => {
        // A name with a hash has the same contents as in the page before.
        const before = /-[0-9a-f]{10}\.\w+$/.test(name) && await readFile(join(out, `${name}.br`)).catch(() => null);
        return [`${name}.br`, before || await promisify(brotliCompress)(contents, {params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
        }})];
    }));
}

// -- the folder -------------------------------------------------------------------------------------------------------

/** Written beside it and then exchanged: whoever is being served meets the old page or the new one, whole. */
async function place(files) {
    const fresh = `${out}.new`;
    await rm(fresh, {recursive: true, force: true});
    await mkdir(fresh, {recursive: true});
    for (const [name, contents] of files) await writeFile(join(fresh, name), contents);
    await rm(out, {recursive: true, force: true});
    await rename(fresh, out);
}

await main();
