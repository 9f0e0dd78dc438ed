// lessons.mjs MODULES PROGRAM...: each lesson, with each of its seeds, leaves the same trace in the browser's run module
// as natively, byte for byte. PROGRAM: the first that is there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [modules, ...programs] = process.argv.slice(2);
const program = programs.find((one) => existsSync(one));
if (!program) {
  console.log(`skipped: none of ${programs.join(", ")} is there to compare with`);
  process.exit(0);
}

/** The trace in a saved run: after the title, with its length before it. */
function traceOf(saved) {
  const start = saved.indexOf(10) + 1;
  const length = Number(new DataView(saved.buffer, saved.byteOffset + start).getBigUint64(0, true));
  return Buffer.from(saved.subarray(start + 8, start + 8 + length));
}

const { loadRun } = await import(join(modules, "run.js"));
const runner = await loadRun({ wasmBinary: readFileSync(join(modules, "costudio_run.wasm")) });
const course = JSON.parse(execFileSync(program, ["lessons", "--json"], { maxBuffer: 1 << 28 }));
const folder = mkdtempSync(join(tmpdir(), "costudio-"));
let different = 0;
for (const lesson of course.lessons) {
  for (const seed of lesson.seeds) {
    const file = join(folder, "run");
    try {
      execFileSync(program, ["sim", lesson.id, "--seed", seed, "--save", file], { stdio: "ignore" });
    } catch { /* a lesson may end with the error that it teaches */ }
    const saved = runner.run({ text: lesson.program.text, seed, limits: lesson.limits, world: lesson.world });
    if (traceOf(saved).equals(traceOf(readFileSync(file)))) continue;
    console.log(`${lesson.order} ${lesson.id}, seed ${seed}: another trace than natively`);
    ++different;
  }
}
rmSync(folder, { recursive: true });
console.log(`${course.lessons.length} lessons, ${different} traces differ`);
process.exit(different === 0 && course.lessons.length > 0 ? 0 : 1);
