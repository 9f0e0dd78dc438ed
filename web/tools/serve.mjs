// Serves the built page on this machine only, with its policy and compressed as a static host does it: by Brotli, which
// the build has done, or by gzip for those that know no better.
//
//     node tools/serve.mjs ../build/web --port 8000

import {readFile, readdir} from 'node:fs/promises';
import {createServer} from 'node:http';
import {extname, join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {gzipSync} from 'node:zlib';

import {headers} from './policy.mjs';

const types = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.json': 'application/json; charset=utf-8', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
    '.ttf': 'font/ttf', '.otf': 'font/otf',
};

/** A request handler for the files of `folder`; they are read once, and nothing but they can be asked for. */
export async function pageHandler(folder) {
    const files = new Map();
    const names = new Set(await readdir(folder));
    for (const name of names) {
        if (extname(name) === '.br') continue;
        const plain = await readFile(join(folder, name));
        const br = names.has(`${name}.br`) ? await readFile(join(folder, `${name}.br`)) : undefined;
        files.set(`/${name}`, {bodies: {identity: plain, br}, type: types[extname(name)] ?? 'application/octet-stream'});
    }
    files.set('/', files.get('/index.html'));
    return (request, response) => answer(files, request, response);
}

function answer(files, request, response) {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = files.get(path);
    if (!['GET', 'HEAD'].includes(request.method)) return refuse(response, 405, 'Only GET and HEAD.');
    if (!file) return refuse(response, 404, 'There is no such file.');
    const encoding = encodingFor(request.headers['accept-encoding'] ?? '', file);
    const body = file.bodies[encoding];
    // The one self-contained file brings a policy of its own, and would break under the site's.
    const own = path === '/costudio.html' ? {...headers, 'Content-Security-Policy': undefined} : headers;
    for (const [name, value] of Object.entries(own)) if (value) response.setHeader(name, value);
    response.writeHead(200, {
        'Content-Type': file.type, 'Content-Length': body.length, Vary: 'Accept-Encoding',
        // Names with a hash never change their contents.
        'Cache-Control': /-[0-9A-Za-z]{8,}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(encoding === 'identity' ? {} : {'Content-Encoding': encoding}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
}

/** Of those that the browser takes the smallest; what has to be made is made when it is first asked for. */
function encodingFor(accepted, {bodies}) {
    if (bodies.br && /\bbr\b/.test(accepted)) return 'br';
    if (!/\bgzip\b/.test(accepted)) return 'identity';
    bodies.gzip ??= gzipSync(bodies.identity);
    return 'gzip';
}

function refuse(response, status, text) {
    response.writeHead(status, {'Content-Type': 'text/plain; charset=utf-8'});
    response.end(`${text}\n`);
}

async function main() {
    const {values, positionals} = parseArgs({allowPositionals: true, options: {port: {type: 'string', default: '8000'}}});
    const server = createServer(await pageHandler(resolve(positionals[0])));
    server.on('error', (error) => {
        const taken = error.code === 'EADDRINUSE';
        console.error(taken ? `costudio: port ${values.port} is taken. Name another: ./costudio web --port 0 takes a free one.`
            : `costudio: the page can't be served: ${error.message}`);
        process.exit(1);
    });
    server.listen(Number(values.port), '127.0.0.1', () => {
        console.log(`http://127.0.0.1:${server.address().port}/`);
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
