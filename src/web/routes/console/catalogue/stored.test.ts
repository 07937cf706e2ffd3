import { expect, it } from 'vitest'
import { localized, localizedLines } from './input.ts'
import { storedFields } from './stored.ts'

it('shows a stored thing so that reading the form back gives the same', () => {
  const plan = {
    slug: 'company',
    name: { id: 'Profil', en: 'Profile' },
    features: [
      { id: 'a', en: 'A' },
      { id: 'b', en: 'B' },
    ],
    price: 10,
    visible: false,
    full: null,
  }
  const fields = storedFields(plan)
  expect(fields).toMatchObject({ slug: 'company', price: '10', visible: 'no' })
  expect(fields).not.toHaveProperty('full')
  expect(localized(fields, 'name')).toEqual(plan.name)
  expect(localizedLines(fields, 'features')).toEqual(plan.features)
})
