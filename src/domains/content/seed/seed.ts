// The catalogue of the first start. The agency changes it in the console; a catalogue that has anything in it is left alone.
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { drawnTemplates } from '../pictures.ts'
import * as store from '../store.ts'
import type { FaqRow, PlanRow } from '../store.ts'

const t = (id: string, en: string) => ({ id, en })

const plans: Omit<PlanRow, 'id' | 'position' | 'visible'>[] = [
  {
    slug: 'company',
    name: t('Company Profile', 'Company Profile'),
    summary: t(
      'Situs resmi yang membuat calon pelanggan percaya sebelum mereka menelepon.',
      'An official website that earns trust before the first phone call.',
    ),
    price: 2_000_000,
    features: [
      t(
        'Hingga 6 halaman: beranda, tentang, layanan, portofolio, kontak',
        'Up to 6 pages: home, about, services, portfolio, contact',
      ),
      t('Domain .com atau .id dan hosting selama 1 tahun', 'A .com or .id domain and hosting for 1 year'),
      t('Formulir kontak dan tombol WhatsApp', 'Contact form and WhatsApp button'),
      t('Siap ditemukan di Google, terhubung ke Google Maps', 'Ready for Google search, linked to Google Maps'),
      t('2 alamat email dengan nama perusahaan', '2 e-mail addresses with your company name'),
      t('2 kali revisi setelah serah terima pertama', '2 rounds of revision after the first hand-over'),
    ],
    support_days: 30,
    brief_kind: 'company',
  },
  {
    slug: 'sekolah',
    name: t('Web Sekolah', 'School Website'),
    summary: t(
      'Profil sekolah, kabar, dan informasi PPDB dalam satu situs yang mudah dikelola guru.',
      'School profile, news and admissions in one site that teachers can run themselves.',
    ),
    price: 2_500_000,
    features: [
      t('Profil, visi misi, fasilitas, guru dan staf', 'Profile, vision, facilities, teachers and staff'),
      t('Berita, agenda, galeri, dan pengumuman', 'News, calendar, gallery and announcements'),
      t('Halaman PPDB dengan alur pendaftaran', 'Admissions page with the steps to enrol'),
      t('Domain .sch.id dan hosting selama 1 tahun', 'A .sch.id domain and hosting for 1 year'),
      t('Panel pengelolaan dan pelatihan daring untuk 3 guru', 'Editing panel and online training for 3 teachers'),
      t('3 kali revisi setelah serah terima pertama', '3 rounds of revision after the first hand-over'),
    ],
    support_days: 60,
    brief_kind: 'school',
  },
  {
    slug: 'berita',
    name: t('Portal Berita', 'News Portal'),
    summary: t(
      'Portal berita yang cepat dibuka di ponsel dan nyaman bagi meja redaksi.',
      'A news portal that opens fast on phones and suits a busy newsroom.',
    ),
    price: 3_500_000,
    features: [
      t('Rubrik, berita utama, terpopuler, dan pencarian', 'Sections, headlines, most read and search'),
      t('Alur redaksi: penulis, editor, jadwal tayang', 'Newsroom flow: writers, editors, scheduled publishing'),
      t('Ruang iklan yang bisa diatur sendiri', 'Advertising slots you manage yourself'),
      t('Siap untuk Google News dan media sosial', 'Ready for Google News and social media'),
      t('Domain dan hosting berkapasitas besar selama 1 tahun', 'Domain and high-capacity hosting for 1 year'),
      t('Pelatihan redaksi dan 4 kali revisi', 'Newsroom training and 4 rounds of revision'),
    ],
    support_days: 90,
    brief_kind: 'news',
  },
]

const faqs: Omit<FaqRow, 'id' | 'position' | 'visible'>[] = [
  {
    question: t('Berapa lama sampai situs saya jadi?', 'How long until my website is ready?'),
    answer: t(
      'Company Profile biasanya 7–10 hari kerja, Web Sekolah 10–14, Portal Berita 14–21, dihitung sejak pembayaran dan bahan diterima. Anda melihat setiap langkahnya di portal.',
      'A Company Profile usually takes 7–10 working days, a School Website 10–14, a News Portal 14–21, counted from payment and material. You see every step in your portal.',
    ),
  },
  {
    question: t('Bagaimana cara membayar?', 'How do I pay?'),
    answer: t(
      'Dengan QRIS dari aplikasi bank atau dompet digital apa pun. Pindai kodenya, dan halaman pembayaran berubah menjadi “lunas” dengan sendirinya. Tidak ada biaya tambahan bagi Anda.',
      'With QRIS from any bank app or e-wallet. Scan the code, and the payment page turns to “paid” by itself. There is no extra fee for you.',
    ),
  },
  {
    question: t('Apakah ada biaya tersembunyi?', 'Are there hidden costs?'),
    answer: t(
      'Tidak. Harga paket sudah termasuk domain dan hosting tahun pertama. Perpanjangan tahun berikutnya kami beri tahu jauh hari dan tidak pernah ditagih otomatis.',
      'No. The price includes the domain and hosting of the first year. We tell you about renewals well ahead and never charge them automatically.',
    ),
  },
  {
    question: t('Bisakah saya meminta perubahan?', 'Can I ask for changes?'),
    answer: t(
      'Tentu. Saat situs siap diperiksa, Anda menyetujuinya atau menuliskan apa yang perlu diubah. Jumlah revisi tercantum di setiap paket.',
      'Of course. When the site is ready for review you approve it, or write what should change. Each plan says how many rounds are included.',
    ),
  },
  {
    question: t('Bagaimana jika saya belum punya logo atau teks?', 'What if I have no logo or texts yet?'),
    answer: t(
      'Tidak masalah. Isi brief seadanya; kami menyusun draf teks dan memakai nama Anda sebagai logo huruf sampai logo resmi siap.',
      'No problem. Fill in the brief as far as you can; we draft the texts and set your name as a wordmark until your logo is ready.',
    ),
  },
  {
    question: t('Siapa pemilik situs dan domainnya?', 'Who owns the site and the domain?'),
    answer: t(
      'Anda. Domain didaftarkan atas nama Anda, dan semua akses diserahkan saat proyek selesai.',
      'You do. The domain is registered in your name, and all access is handed over when the project is completed.',
    ),
  },
]

export async function seedCatalogue({ database, clock }: Platform): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await store.lockEmptyCatalogue(tx))) return
    const planIds = new Map<string, string>()
    for (const [position, plan] of plans.entries()) {
      const id = newId(clock)
      planIds.set(plan.slug, id)
      await store.addPlan(tx, { ...plan, id, position, visible: true })
    }
    for (const [position, template] of drawnTemplates.entries()) {
      const planId = planIds.get(template.plan)
      if (!planId) continue
      await store.addTemplate(tx, {
        id: newId(clock),
        slug: template.slug,
        plan_id: planId,
        name: template.name,
        description: template.description,
        picture_url: template.pictures.card.file,
        full_picture_url: template.pictures.page.file,
        mobile_picture_url: template.pictures.phone.file,
        position,
        visible: true,
      })
    }
    for (const [position, faq] of faqs.entries())
      await store.addFaq(tx, { ...faq, id: newId(clock), position, visible: true })
  })
}
