// Compiles the message files to `generated/`, with types. Run directly, or through the build; it reads nothing but local files.
import { fileURLToPath } from 'node:url'
import { compile, type CompilerOptions } from '@inlang/paraglide-js'

const here = fileURLToPath(new URL('.', import.meta.url))

export const messageOptions: CompilerOptions = {
  project: `${here}project.inlang`,
  outdir: `${here}generated`,
  // A module per message, so that the bundle of a page holds only the messages it uses.
  outputStructure: 'message-modules',
  // Who reads decides: `i18n/request-locale.server.ts` on the server, `<html lang>` in the browser.
  strategy: ['globalVariable', 'baseLocale'],
  urlPatterns: [],
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
}

if (import.meta.main) await compile({ ...messageOptions, emitTsDeclarations: true })
