/**
 * Checks what TypeScript, ESLint and dependency-cruiser do not: unused exports and files, circles of folders, and files of the
 * same name. Ends with code 1 when it finds something.
 */
import { parseArgs } from 'node:util';
import { root } from './bootstrap.mjs';
import { checkStructure } from './structure/checkStructure.mjs';

// The folder of another project is for the tests.
const { positionals } = parseArgs({ allowPositionals: true });
const complaints = await checkStructure(positionals[0] ?? root);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
