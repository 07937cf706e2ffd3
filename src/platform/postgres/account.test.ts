import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isNamed, mayEnter, nobody, serverAccount } from './account.ts'

const STRANGER = { uid: 65_000, gid: 65_000 }

test('the account is nobody, else the first that is not root', () => {
  const root = 'root:x:0:0:root:/root:/bin/bash'
  const daemon = 'daemon:x:1:2:daemon:/:/bin/sh'
  expect(nobody(`${root}\n${daemon}\nnobody:x:65534:65533:nobody:/:/bin/false\n`)).toEqual({ uid: 65_534, gid: 65_533 })
  expect(nobody('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false')).toEqual({ uid: -2, gid: -2 })
  expect(nobody(`${root}\n${daemon}`)).toEqual({ uid: 1, gid: 2 })
  expect(() => nobody(root)).toThrow('start JasaWeb as an ordinary user')
})

test('an account counts only when /etc/passwd names it', () => {
  expect(isNamed(65_534, 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n')).toBe(true)
  expect(isNamed(65_533, 'nobody:x:65534:65533:nobody:/:/bin/false\n')).toBe(false)
})

test('only root needs another account', () => {
  expect(serverAccount(tmpdir()) === undefined).toBe(process.getuid?.() !== 0)
})

test('a closed folder anywhere on the way keeps a stranger out', () => {
  const top = mkdtempSync(join(tmpdir(), 'account-'))
  onTestFinished(() => rmSync(top, { recursive: true }))
  const inner = join(top, 'a', 'b')
  mkdirSync(inner, { recursive: true })
  for (const folder of [top, join(top, 'a'), inner]) chmodSync(folder, 0o755)
  expect(mayEnter(inner, STRANGER)).toBe(true)
  chmodSync(join(top, 'a'), 0o700)
  expect(mayEnter(inner, STRANGER)).toBe(false)
  expect(mayEnter(inner, undefined)).toBe(true)
  chmodSync(join(top, 'a'), 0o711)
  expect(mayEnter(inner, STRANGER)).toBe(true)
})
