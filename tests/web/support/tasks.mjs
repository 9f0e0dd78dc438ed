// How long the page stands still: the longest task of its main thread while something happens, in ms of that thread's own
// processor time. By the clock, a busy machine would make every page look slow; that is what `byTheClock` has, from the
// page's own PerformanceObserver.
//
//     const {longest, what} = await longestTask(site.browser, page, () => page.keyboard.press('End'));

const categories = ['toplevel', 'devtools.timeline', 'blink.user_timing'];
const mark = 'the page whose tasks are looked for';

export async function longestTask(browser, page, run) {
    await page.evaluate(() => {
        window.longTasks = [];
        window.taskObserver?.disconnect();
        window.taskObserver = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({duration}) => duration)));
        window.taskObserver.observe({type: 'longtask'});
    });
    const trace = await traced(browser, page, run);
    return {...longestOf(trace), byTheClock: Math.max(0, ...await page.evaluate(() => window.longTasks))};
}

/** The same for what begins with a page that is not there yet. */
export async function longestTaskOfLoad(browser, page, run) {
    const trace = await traced(browser, page, run);
    return longestOf(trace);
}

async function traced(browser, page, run) {
    await browser.startTracing(page, {categories});
    let bytes;
    try {
        await run();
        await page.evaluate((name) => performance.mark(name), mark);
    } finally {
        bytes = await browser.stopTracing();
    }
    return JSON.parse(bytes.toString()).traceEvents;
}

function longestOf(trace) {
    // The browser's own pages, such as the list below its address line, are JavaScript too, and take longer.
    const main = trace.find(({name}) => name === mark);
    if (!main) throw new Error('the browser did not tell which thread is the page\'s');
    const own = trace.filter(({pid, tid, tdur}) => pid === main.pid && tid === main.tid && tdur !== undefined);
    const tasks = own.filter(({name}) => name.endsWith('RunTask'));
    if (tasks.length === 0) throw new Error('the browser told of no task');
    const top = tasks.reduce((one, other) => (other.tdur > one.tdur ? other : one));
    const inside = own.filter((event) => event !== top && event.ts >= top.ts && event.ts + event.dur <= top.ts + top.dur && event.tdur > 5000);
    return {longest: top.tdur / 1000, what: inside.map(({name, tdur}) => `${name} ${Math.round(tdur / 1000)} ms`).join(', ')};
}
