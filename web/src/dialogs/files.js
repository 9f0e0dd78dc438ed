// Runs as files, and the run in Perfetto.

import {h} from '../dom.js';
import {RunFileError, readRun, writeRun} from '../run_file.js';
import {body, showDialog} from './dialog.js';

export function showFiles(session) {
    const {lesson} = session.state;
    let input;
    showDialog('Export and import', (close) => body(
        part('This run, to open again here, with its program:',
             button('Save this run', () => save(`${lesson.id}.costudio`, writeRun({...session.state, lesson: lesson.id,
                                                                                saved: session.savedRun()}))),
             button('Open a saved run', () => input.click()),
             input = h('input', {type: 'file', accept: '.json,.costudio', class: 'unseen', tabindex: -1, id: 'run-file',
                                 aria: {label: 'Run file'}, onchange: () => openFile(session, input.files[0], close)})),
        part('The trace, for Perfetto or chrome://tracing:',
             button('Save the trace', () => save(`${lesson.id}.trace.json`, session.chromeTrace())),
             button('Open in Perfetto', () => openInPerfetto(session))),
        h('p', {class: 'faint'}, 'Perfetto is a page of Google’s at ui.perfetto.dev. It gets the trace from this page, inside ',
          'your browser, and works without the network once it has been loaded.')));

    function button(text, run) {
        return h('button', {class: 'button box', type: 'button', onclick: run}, text);
    }
}

async function openFile(session, file, close) {
    if (!file) return;
    close();
    try {
        await session.import(readRun(await file.text()));
    } catch (error) {
        const text = error instanceof RunFileError ? error.message : `This run cannot be shown: ${error.message}`;
        session.tell(text, {kind: 'problem'});
    }
}

const part = (text, ...buttons) => h('section', {class: 'chapter'}, h('p', {}, text), h('div', {class: 'row-of'}, ...buttons));

export function save(name, text) {
    const address = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
    const link = h('a', {href: address, download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const perfetto = 'https://ui.perfetto.dev';

/** Perfetto's own way: it answers PONG when it is ready, then takes the bytes. */
function openInPerfetto(session) {
    const page = window.open(perfetto);
    if (!page) return session.tell('The browser did not let the page open Perfetto. Save the trace and open it there.', {kind: 'problem'});
    const buffer = new TextEncoder().encode(session.chromeTrace()).buffer;
    const title = `costudio: ${session.state.lesson.title}`;
    const asking = setInterval(() => page.postMessage('PING', perfetto), 200);
    const giveUp = setTimeout(() => stop(), 30_000);
    window.addEventListener('message', answered);

    function answered(event) {
        if (event.origin !== perfetto || event.data !== 'PONG') return;
        stop();
        page.postMessage({perfetto: {buffer, title}}, perfetto);
    }
    function stop() {
        clearInterval(asking);
        clearTimeout(giveUp);
        window.removeEventListener('message', answered);
    }
}
