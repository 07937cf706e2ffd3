// The last weeks: orders that are still open, one of each kind that the agency or a client has something to do about, so
// that no list of the console and no page of the portal is empty.
import { later, MINUTE, workdaysBefore } from './calendar.ts'
import type { Journey } from './journey.ts'
import { clients } from './people.ts'
import type { Client } from './people.ts'
import type { Chance } from './random.ts'
import * as words from './words.ts'

/** Organisations that come to the agency only now. */
export const RECENT_NEWCOMERS = [
  'Toba Pos',
  'SMK Pariwisata Saraswati',
  'Travel Umrah Cahaya Safar',
  'Meridian Freight Forwarding',
]
/** Whose accounts are shown to who tries the demo: one in each language, both with something to do. */
export const SHOWN = ['Kopi Lereng Sindoro', 'Bluewater Dive Lodge']

type Begin = (client: Client, orderedAt: Date) => Journey

export function tellRecent(begin: Begin, now: Date, chance: Chance): void {
  const ago = (workdays: number) => workdaysBefore(now, workdays, chance)
  const minutesAgo = (minutes: number) => later(now, -minutes * MINUTE)
  const order = (organisation: string, at: Date) => {
    const client = clients.find((each) => each.organisation === organisation)
    if (!client) throw new Error(`nobody in the demo is called ${organisation}`)
    return begin(client, at)
  }

  order('SMA Tunas Cendekia', ago(24))
    .pay('pay')
    .submit(ago(16))
    .revise(ago(15))
    .submit(ago(11))
    .revise(ago(8))
    .submit(ago(4))
    .approve(ago(1))
  order('Kopi Lereng Sindoro', ago(21)).pay('pay').submit(ago(12)).revise(ago(11)).submit(ago(3))
  order('Jurnal Parahyangan', ago(20)).pay('second_code').submit(ago(9)).revise(ago(7)).submit(ago(4)).revise(ago(2))
  order('Vila Padi Ijo', ago(18))
    .pay('duplicate')
    .submit(ago(8))
    .approve(ago(5))
    .refund(0.15, words.partialRefunds, ago(2))
  order('Bluewater Dive Lodge', ago(16)).pay('pay').submit(ago(2))
  order('Percetakan Lintang Grafika', ago(14)).pay('pay').cancelByAgency(ago(5)).refund(1, words.fullRefunds, ago(4))
  order('Greenfield International School', ago(12)).pay('reorder').submit(ago(3)).revise(ago(1))
  order('SMP Islam Nurul Ilmi', ago(10)).startByHand(ago(9)).submit(ago(1))
  order('Klinik Gigi Senyum Melati', ago(9)).pay('late')
  order('SMK Pariwisata Saraswati', ago(8)).pay('pay')
  order('Toba Pos', ago(7)).pay('pay_twice')
  order('Mebel Jati Kartika', ago(6)).openCode().expire().cancelByClient(ago(4))
  order('Warta Borneo Kini', ago(5)).pay('denied_first')
  order('Pesantren Darul Hikmah', ago(4)).startByHand(ago(3))
  order('Bengkel Roda Prima', ago(3)).openCode().expire()
  order('Salon Ratna Ayu', ago(2)).openCode().wallet('wrong_amount').expire()
  order('Travel Umrah Cahaya Safar', ago(2)).openCode().wallet('deny')
  order('Island Dispatch', ago(1)).pay('pay')
  order('SD Harapan Pelita', ago(1))
  order('Meridian Freight Forwarding', minutesAgo(55)).openCode(minutesAgo(50)).wallet('pay')
  order('Kopi Lereng Sindoro', minutesAgo(9)).openCode(minutesAgo(2))
}
