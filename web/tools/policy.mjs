// The page's Content-Security-Policy: what it may load and run, and that is little.
//
// `wasm-unsafe-eval` lets WebAssembly be compiled and nothing else; Trusted Types forbid every string that the browser
// would run, but for the two worker addresses of src/trusted.js.

import {createHash} from 'node:crypto';

const common = [
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types costudio',
];

/** For a page with its files beside it. */
export const sitePolicy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    ...common,
].join('; ');

/** For the one file that holds everything: its script and style by their contents, and no network at all. */
export function filePolicy({script, style}) {
    return [
        "default-src 'none'",
        `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`,
        'worker-src blob:',
        `style-src '${hashOf(style)}'`,
        'font-src data:',
        'img-src data:',
        ...common,
    ].join('; ');
}

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** What a server adds to each answer. */
export const headers = {
    'Content-Security-Policy': sitePolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};
