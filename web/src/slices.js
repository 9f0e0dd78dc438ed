// Slices: long work in pieces of a few milliseconds, so that the page answers in between.
//
//     await inSlices(() => view.read(500), isOver);    // until it returns true; false: isOver() did before

const slice = 12; // ms of work, then the browser has its turn

/** After the browser has had its turn. */
export const nextTurn = () => new Promise((go) => setTimeout(go));

export async function inSlices(piece, isOver = () => false) {
    for (;;) {
        const end = performance.now() + slice;
        do {
            if (piece()) return true;
        } while (performance.now() < end);
        await nextTurn();
        if (isOver()) return false;
    }
}
