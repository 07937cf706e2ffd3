// The QRIS payload: EMVCo's merchant-presented QR format (tag, length, value; CRC-16 at the end) with Indonesia's tags.
// Sources: EMV QRCPS Merchant-Presented Mode 1.1, QRIS (Bank Indonesia / ASPI). Tags come in any order but 00 and 63.

/** What is wrong with a QR string, in a sentence. */
export class MalformedQris extends Error {
  override name = 'MalformedQris'
}

export interface Qris {
  /** `static` codes have no amount: the payer types it in. */
  initiation: 'static' | 'dynamic'
  /** Whole rupiah; null on a static code. */
  amount: number | null
  merchantName: string
  merchantCity: string
  /** The national merchant id (`ID` and 13 digits), when there is one. */
  nationalId: string | null
  account: { domain: string; pan: string; merchantId: string | null }
  billNumber: string | null
  referenceLabel: string | null
  /** Tag 62-50, which Midtrans fills with the transaction's UUID. */
  transactionId: string | null
}

export interface QrisBill {
  /** Whole rupiah, at least 1. */
  amount: number
  merchantName: string
  merchantCity: string
  postalCode: string
  /** Four digits, ISO 18245; 7372 is computer programming. */
  categoryCode: string
  nationalId: string
  account: { domain: string; pan: string; merchantId: string }
  /** The order's id; the format keeps 25 characters of it. */
  reference: string
  transactionId: string
}

/** CRC-16/CCITT-FALSE (polynomial 0x1021, initial 0xFFFF, nothing reflected) over the UTF-8 bytes, as 4 hex digits. */
export function checksum(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

type Field = readonly [tag: string, value: string]

function encode(fields: readonly Field[]): string {
  return fields
    .map(([tag, value]) => {
      if (value.length < 1 || value.length > 99)
        throw new MalformedQris(`tag ${tag} cannot hold ${value.length} characters`)
      return `${tag}${String(value.length).padStart(2, '0')}${value}`
    })
    .join('')
}

function decode(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (let at = 0; at < text.length;) {
    const head = /^(\d\d)(\d\d)$/.exec(text.slice(at, at + 4))
    const [, tag = '', size = ''] = head ?? []
    const value = text.slice(at + 4, at + 4 + Number(size))
    if (!head || value.length !== Number(size) || value.length === 0)
      throw new MalformedQris('the code is cut off or garbled')
    if (fields.has(tag)) throw new MalformedQris(`tag ${tag} occurs twice`)
    fields.set(tag, value)
    at += 4 + value.length
  }
  return fields
}

// Wallets show these as they are; letters outside ASCII break some of them.
const plain = (text: string, characters: number) =>
  text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, characters)
    .trim() || '-'

/** A dynamic code (one amount, one payment). Throws `MalformedQris` when a part does not fit the format. */
export function buildQris(bill: QrisBill): string {
  if (!Number.isSafeInteger(bill.amount) || bill.amount < 1) throw new MalformedQris('the amount is not whole rupiah')
  const { account } = bill
  const body = encode([
    ['00', '01'],
    ['01', '12'],
    [
      '26',
      encode([
        ['00', account.domain],
        ['01', account.pan],
        ['02', account.merchantId],
        ['03', 'UMI'],
      ]),
    ],
    [
      '51',
      encode([
        ['00', 'ID.CO.QRIS.WWW'],
        ['02', bill.nationalId],
        ['03', 'UMI'],
      ]),
    ],
    ['52', bill.categoryCode],
    ['53', '360'],
    ['54', String(bill.amount)],
    ['58', 'ID'],
    ['59', plain(bill.merchantName, 25)],
    ['60', plain(bill.merchantCity, 15)],
    ['61', bill.postalCode],
    [
      '62',
      encode([
        ['05', plain(bill.reference, 25)],
        ['50', bill.transactionId],
      ]),
    ],
  ])
  return `${body}6304${checksum(`${body}6304`)}`
}

/** Reads a QR string as a wallet would. Throws `MalformedQris`. */
export function parseQris(text: string): Qris {
  if (text.length > 1000 || !/^[\x20-\x7e]+$/.test(text)) throw new MalformedQris('this is not a QRIS code')
  if (!text.startsWith('000201')) throw new MalformedQris('this is not a QRIS code')
  if (text.slice(-8, -4) !== '6304' || checksum(text.slice(0, -4)) !== text.slice(-4).toUpperCase()) {
    throw new MalformedQris('the checksum is wrong')
  }
  const fields = decode(text)
  const field = (tag: string) => {
    const value = fields.get(tag)
    if (value === undefined) throw new MalformedQris(`tag ${tag} is missing`)
    return value
  }
  if (field('53') !== '360' || field('58') !== 'ID') throw new MalformedQris('the code is not for rupiah in Indonesia')
  const additional = decode(fields.get('62') ?? '')
  const dynamic = field('01') === '12'
  return {
    initiation: dynamic ? 'dynamic' : 'static',
    amount: amountOf(fields.get('54')),
    merchantName: field('59'),
    merchantCity: field('60'),
    nationalId: decode(fields.get('51') ?? '').get('02') ?? null,
    account: accountOf(fields),
    billNumber: additional.get('01') ?? null,
    referenceLabel: additional.get('05') ?? null,
    transactionId: additional.get('50') ?? null,
  }
}

function amountOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const amount = /^(\d{1,13})(\.0{0,2})?$/.exec(text)?.[1]
  if (amount === undefined) throw new MalformedQris('the amount is not whole rupiah')
  return Number(amount)
}

/** The acquirer's account is in the first of the tags 26 to 45 that holds one. */
function accountOf(fields: Map<string, string>): Qris['account'] {
  for (let tag = 26; tag <= 45; tag++) {
    const value = fields.get(String(tag))
    if (value === undefined) continue
    const parts = decode(value)
    const [domain, pan] = [parts.get('00'), parts.get('01')]
    if (domain !== undefined && pan !== undefined) return { domain, pan, merchantId: parts.get('02') ?? null }
  }
  throw new MalformedQris('no merchant account is in the code')
}
