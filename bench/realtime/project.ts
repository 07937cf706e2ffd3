// Two kilobytes of JSON as the platform has them: a project with its brief and its story, as its page is given, and a list.
import { ProjectDetail, TimelineEntry } from '../../src/domains/projects/contract.ts'
import { newId } from '../../src/platform/ids.ts'

const at = (day: number, hour: number) => `2026-10-${String(day).padStart(2, '0')}T${hour}:24:17.361Z`

export const projectDetail = () =>
  ProjectDetail.parse({
    id: newId(),
    name: 'Situs Kopi Lereng Merapi',
    plan: 'company',
    planName: 'Company Profile',
    status: 'review',
    template: { id: newId(), slug: 'niaga', name: 'Niaga', pictureUrl: '/templates/niaga.webp' },
    client: { id: newId(), name: 'Sri Wahyuni' },
    invoiceId: newId(),
    revisions: 2,
    supportUntil: null,
    createdAt: at(2, 10),
    updatedAt: at(21, 16),
    brief: {
      kind: 'company',
      about: 'Pemanggang kopi kecil di Klaten sejak 2011, menjual biji ke kedai dan ke rumah.',
      services: 'Biji sangrai, langganan bulanan, pelatihan barista.',
      audience: 'Kedai kopi di Jawa Tengah dan Yogyakarta.',
      domain: 'kopilereng.example',
    },
    timeline: [
      { at: at(2, 10), kind: 'ordered', status: 'pending_payment', note: null, by: 'client' },
      { at: at(2, 11), kind: 'paid', status: 'in_progress', note: null, by: 'system' },
      { at: at(3, 10), kind: 'started', status: 'in_progress', note: null, by: 'system' },
      { at: at(9, 15), kind: 'submitted', status: 'review', note: 'Versi pertama siap dilihat.', by: 'agency' },
      {
        at: at(11, 13),
        kind: 'revision_requested',
        status: 'in_progress',
        note: 'Foto kebun terlalu gelap.',
        by: 'client',
      },
      { at: at(14, 17), kind: 'submitted', status: 'review', note: 'Foto diganti, warna dicerahkan.', by: 'agency' },
      {
        at: at(17, 14),
        kind: 'revision_requested',
        status: 'in_progress',
        note: 'Tambah halaman langganan.',
        by: 'client',
      },
      { at: at(21, 16), kind: 'submitted', status: 'review', note: 'Halaman langganan ditambahkan.', by: 'agency' },
      { at: at(23, 11), kind: 'revision_requested', status: 'in_progress', note: 'Ganti nomor telepon.', by: 'client' },
      { at: at(24, 15), kind: 'submitted', status: 'review', note: 'Nomor telepon diganti.', by: 'agency' },
    ],
    verbs: ['approve', 'request_revision', 'cancel'],
  })

/** The same size of what repeats itself more, as lists do: a story of many steps and few words. */
export const longStory = () =>
  Array.from({ length: 18 }, (_, n) =>
    TimelineEntry.parse({
      at: at(n + 1, 10 + (n % 8)),
      kind: n % 2 ? 'revision_requested' : 'submitted',
      status: n % 2 ? 'in_progress' : 'review',
      note: n % 5 === 0 ? 'Foto diganti.' : null,
      by: n % 2 ? 'client' : 'agency',
    }),
  )
