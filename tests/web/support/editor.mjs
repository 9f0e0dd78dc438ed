// Typing into the page's editor as a person does.

export const editor = (page) => page.locator('#page-program .cm-content');

/** CodeMirror draws only the lines in sight, so the text is read by its lines' own element. */
export const programText = (page) => page.evaluate(() => {
    const content = document.querySelector('#page-program').shadowRoot.querySelector('.cm-content');
    return content.cmTile?.view.state.doc.toString() ?? content.cmView.view.state.doc.toString();
});

export async function writeProgram(page, text) {
    await editor(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(text);
}

/** Runs what the editor holds, and waits until that run is the one that is shown. */
export async function run(page) {
    const before = await runs(page);
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction((count) => Number(document.body.dataset.runs) > count, before);
}

export const runs = async (page) => Number(await page.locator('body').getAttribute('data-runs'));
export const outputText = (page) => page.locator('#rows-output .row .text').evaluateAll((rows) =>
    rows.map((row) => row.firstChild.textContent));
