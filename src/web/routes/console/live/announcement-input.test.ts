import { expect, it } from 'vitest'
import { announcementOf, fieldsOf } from './announcement-input.ts'

const texts = { 'title.id': ' Libur ', 'title.en': 'Holiday', 'body.id': 'Tutup', 'body.en': 'Closed' }

it('reads who, what and when', () => {
  expect(
    announcementOf({
      ...texts,
      target: 'user',
      userId: 'u1',
      severity: 'warning',
      startsAt: '2026-12-24T01:00:00.000Z',
    }),
  ).toEqual({
    target: { kind: 'user', userId: 'u1' },
    title: { id: 'Libur', en: 'Holiday' },
    body: { id: 'Tutup', en: 'Closed' },
    severity: 'warning',
    startsAt: '2026-12-24T01:00:00.000Z',
  })
})
it('is for everybody and of no weight unless told otherwise, and leaves wrong times to be refused', () => {
  expect(announcementOf({ ...texts, target: 'x', severity: 'x', endsAt: 'soon' })).toMatchObject({
    target: { kind: 'everybody' },
    severity: 'info',
    endsAt: 'soon',
  })
})
it('finds the field of a fault', () => {
  const errors = ['/title/en', '/endsAt', '/target/userId', '/target', '/title/en'].map((pointer) => ({
    pointer,
    detail: '',
  }))
  expect(fieldsOf(errors)).toEqual(['title.en', 'endsAt', 'userId', 'target'])
})
