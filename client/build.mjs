// Builds the theme and the scripts into the web project's wwwroot, each beside its compressed twins. Run by that project's build.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { compile } from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, '../src/Shouwang.Web/wwwroot');

async function put(path, content) {
  const bytes = Buffer.from(content);
  await mkdir(dirname(join(out, path)), { recursive: true });
  await writeFile(join(out, path), bytes);
  await writeFile(join(out, `${path}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  await writeFile(join(out, `${path}.gz`), gzipSync(bytes, { level: 9 }));
}

await rm(out, { recursive: true, force: true });

for (const name of ['site', 'print']) {
  const { css } =
      compile(join(here, `theme/${name}.scss`), { style: 'compressed', loadPaths: [join(here, 'node_modules')], quietDeps: true });
  await put(`css/${name}.css`, css);
}

await put('mark.svg', await readFile(join(here, 'theme/mark.svg')));

const { outputFiles } = await build({
  entryPoints: ['print', 'alarms'].map(name => join(here, `office/${name}.ts`)),
  bundle: true, write: false, outdir: 'js', minify: true, format: 'iife', target: 'es2018', legalComments: 'none',
});
for (const file of outputFiles) {
  await put(`js/${file.path.split(/[\\/]/).pop()}`, file.contents);
}
