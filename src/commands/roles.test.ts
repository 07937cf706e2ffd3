import { expect, it } from 'vitest'
import { readRoles } from './roles.ts'

it('takes every role unless some are named', () => {
  expect([...readRoles([])]).toEqual(['web', 'realtime', 'worker'])
  expect([...readRoles(['--role', 'realtime'])]).toEqual(['realtime'])
  expect([...readRoles(['--role=web,worker'])]).toEqual(['web', 'worker'])
  expect([...readRoles(['--role', 'web', '--role', 'realtime'])]).toEqual(['web', 'realtime'])
})
it('says what there is when a role or an option is not known', () => {
  expect(() => readRoles(['--role', 'everything'])).toThrow(/no role "everything".*web, realtime, worker/)
  expect(() => readRoles(['--role'])).toThrow(/no role ""/)
  expect(() => readRoles(['--port', '1'])).toThrow(/"--port" is not an option/)
})
