// Runs a program to its end and keeps what it prints, for steps whose output matters only when they fail.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.js'

/**
 * @param {string} node the Node to run it with
 * @param {string[]} args the program file and its arguments, from the project's folder
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects
 */
export function run(node, args, { env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const hear = (chunk) => (output += chunk)
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) =>
      resolve({ ok: code === 0, output: signal ? `${output}killed by ${signal}\n` : output }),
    )
  })
}

/** The program file of a command that an installed package brings, such as `tool('oxlint')`. */
export function tool(name, command = name) {
  const folder = join('node_modules', ...name.split('/'))
  const { bin } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}
