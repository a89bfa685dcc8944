// Builds the theme and the scripts into the web project's wwwroot. Run by the web project's build; see its project file.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compile } from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, '../src/Shouwang.Web/wwwroot');

await mkdir(join(out, 'css'), { recursive: true });
for (const name of ['site', 'print']) {
  const { css } = compile(join(here, `theme/${name}.scss`), { style: 'compressed', loadPaths: [join(here, 'node_modules')], quietDeps: true });
  await writeFile(join(out, `css/${name}.css`), css);
}
await copyFile(join(here, 'theme/mark.svg'), join(out, 'mark.svg'));

await build({
  entryPoints: [join(here, 'office/print.ts')],
  outdir: join(out, 'js'),
  bundle: true, minify: true, format: 'iife', target: 'es2018', legalComments: 'none',
});
