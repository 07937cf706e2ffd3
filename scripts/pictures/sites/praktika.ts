import { cityMap, doctorInArch, glyph } from '../art/clinic.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#F7F8FE;color:#232A4D}
header{display:flex;align-items:center;padding:24px 72px;gap:36px}
.mark{font-weight:700;font-size:23px;letter-spacing:-.02em;display:flex;gap:10px;align-items:center}.mark i{width:30px;height:30px;border-radius:10px 10px 10px 2px;background:#4C63D2;position:relative}.mark i::before,.mark i::after{content:'';position:absolute;background:#fff;border-radius:2px}.mark i::before{left:13px;top:8px;width:4px;height:14px}.mark i::after{left:8px;top:13px;width:14px;height:4px}
header nav{display:flex;gap:32px;margin:0 auto;font-weight:500}
.tel{font-weight:600;color:#4C63D2;background:#E4E9FC;border-radius:24px;padding:10px 18px;font-size:14.5px}
.hero{display:grid;grid-template-columns:1fr 520px;padding:24px 72px 0;gap:40px}
.tag{display:inline-block;background:#FFE3DB;color:#9F3C24;font-weight:600;font-size:13.5px;border-radius:20px;padding:6px 14px;margin-top:44px}
h1{font-size:60px;font-weight:700;line-height:1.08;letter-spacing:-.035em;margin:20px 0 18px}
.hero p{font-size:18px;line-height:1.6;color:#565E85;max-width:480px}
.hero .pic{height:560px}
.book{position:relative;margin:-88px 72px 0;background:#fff;border-radius:20px;box-shadow:0 20px 50px #2e3a6b1f;display:grid;grid-template-columns:1.1fr 1.2fr 1fr 176px;align-items:center;padding:20px 20px 20px 8px}
.book div{padding:4px 24px}.book div+div{border-left:1px solid #E4E8F7}.book span{font-size:13px;color:#7A82A8;display:block}.book b{font-size:17px;font-weight:600}.book a{background:#4C63D2;color:#fff;font-weight:600;border-radius:12px;text-align:center;padding:17px 0}
.services{display:grid;grid-template-columns:repeat(6,1fr);gap:16px;padding:48px 72px 84px}.services li{text-align:center;font-weight:600;font-size:14.5px;background:#fff;border-radius:16px;padding:22px 8px 18px}.services svg{display:block;margin:0 auto 10px}
h2{font-size:38px;letter-spacing:-.03em;line-height:1.15;font-weight:700}
.doctors{padding:0 72px 88px}.doctors>div{display:flex;justify-content:space-between;align-items:end;margin-bottom:28px}.days{display:flex;gap:8px;font-weight:600;font-size:14px}.days b,.days span{padding:9px 16px;border-radius:20px;background:#fff}.days b{background:#232A4D;color:#fff}
.doctors ul{display:grid;grid-template-columns:repeat(4,1fr);gap:20px}.doctors li{background:#fff;border-radius:20px;overflow:hidden;padding-bottom:18px}.doctors .pic{height:250px}.doctors li b{display:block;padding:16px 20px 0;font-size:16.5px}.doctors li span{padding:0 20px;color:#6A7299;font-size:14px}.times{display:flex;gap:6px;padding:12px 20px 0}.times i{font-style:normal;font-weight:600;font-size:13px;background:#EEF1FD;color:#4C63D2;border-radius:8px;padding:5px 9px}.times i.full{color:#A9AFCB;text-decoration:line-through;background:#F4F5FA}
.care{background:#232A4D;color:#fff;margin:0 24px;border-radius:28px;padding:72px 48px;display:grid;grid-template-columns:1fr 1.4fr;gap:64px}.care ol{display:grid;gap:0}.care li{display:grid;grid-template-columns:110px 1fr;padding:18px 0;border-top:1px solid #454D78;font-size:17px}.care li b{color:#FFB09E}.care p{color:#B9C0E2;margin-top:16px;font-size:17px}
.visit{display:grid;grid-template-columns:1fr 640px;gap:56px;padding:88px 72px;align-items:center}.visit .pic{height:380px;border-radius:24px;overflow:hidden}.visit dl{display:grid;grid-template-columns:130px 1fr;gap:10px 0;margin-top:24px;font-size:16px}.visit dt{color:#7A82A8}
footer{border-top:1px solid #DDE2F5;margin:0 72px;padding:32px 0 40px;display:flex;justify-content:space-between;color:#6A7299;font-size:14px}
@media(max-width:600px){header{padding:16px 20px;justify-content:space-between}header nav{display:none}.tel{font-size:13px;padding:8px 14px}.hero{grid-template-columns:1fr;padding:0 20px;gap:20px}.tag{margin-top:16px}h1{font-size:38px;margin:12px 0 10px}.hero p{font-size:15.5px}.hero .pic{height:360px}.book{margin:-40px 20px 0;grid-template-columns:1fr;gap:10px;padding:14px}.book div+div{border:0}.services,.doctors ul{grid-template-columns:1fr 1fr;padding:28px 20px}.doctors,.visit{padding:20px;grid-template-columns:1fr}.care{grid-template-columns:1fr}.doctors>div,footer{display:block}.days span{display:none}}
`

const service = (icon: Parameters<typeof glyph>[0], name: string, color: string): string =>
  `<li>${glyph(icon, color)}${name}</li>`

const doctor = (look: Parameters<typeof portrait>[0], name: string, field: string, times: readonly string[]): string =>
  `<li><div class="pic">${portrait({ ...look, coat: true })}</div><b>${name}</b><span>${field}</span><div class="times">${times.map((time) => (time.startsWith('-') ? `<i class="full">${time.slice(1)}</i>` : `<i>${time}</i>`)).join('')}</div></li>`

const body = `
<header><div class="mark"><i></i>Praktika</div><nav><a>Layanan</a><a>Dokter</a><a>Jadwal</a><a>Laboratorium</a><a>Artikel</a></nav><a class="tel">(031) 567 4420</a></header>
<section class="hero"><div><span class="tag">Buka hari ini sampai 21.00</span><h1>Dokter keluarga yang ingat cerita Anda.</h1><p>Klinik Praktika merawat tiga generasi di Surabaya: pemeriksaan tanpa tergesa, catatan rapi, hasil lab di ponsel.</p></div><div class="pic">${doctorInArch({ hair: 'hijab', background: 'none', shirt: '#FFFFFF', accent: '#7E9BE8', skin: 0, coat: true })}</div></section>
<section class="book"><div><span>Layanan</span><b>Periksa umum</b></div><div><span>Dokter</span><b>dr. Amalia Prameswari</b></div><div><span>Waktu</span><b>Rabu, 10.30</b></div><a>Buat janji</a></section>
<ul class="services">${service('heart', 'Umum', '#4C63D2')}${service('child', 'Anak', '#E0694D')}${service('tooth', 'Gigi', '#4C63D2')}${service('eye', 'Mata', '#E0694D')}${service('flask', 'Laboratorium', '#4C63D2')}${service('pill', 'Farmasi', '#E0694D')}</ul>
<section class="doctors"><div><h2>Siapa yang praktik pekan ini</h2><div class="days"><span>Sen</span><span>Sel</span><b>Rab 12</b><span>Kam</span><span>Jum</span><span>Sab</span></div></div><ul>
${doctor({ hair: 'hijab', background: '#FBD9CC', shirt: '#FFFFFF', accent: '#7E9BE8', skin: 0 }, 'dr. Amalia Prameswari', 'Dokter keluarga', ['-08.30', '10.30', '13.00'])}
${doctor({ hair: 'side', background: '#D5DEFB', shirt: '#F4F6FD', accent: '#BFD7F2', glasses: true, skin: 1 }, 'dr. Hendra Gunawan, Sp.A', 'Kesehatan anak', ['09.00', '-11.00', '16.30'])}
${doctor({ hair: 'long', background: '#FCE7BE', shirt: '#FFFFFF', accent: '#FF8A70', skin: 3 }, 'drg. Michelle Tanuwijaya', 'Gigi dan mulut', ['10.00', '14.00', '-15.30'])}
${doctor({ hair: 'grey', background: '#D3E8DC', shirt: '#F4F6FD', accent: '#A9CBB0', skin: 2, glasses: true }, 'dr. Made Suardana, Sp.M', 'Mata', ['-09.30', '-13.30', '19.00'])}
</ul></section>
<section class="care"><div><h2>Satu kunjungan, jelas dari awal.</h2><p>Biaya disebut sebelum tindakan. BPJS dan 28 asuransi diterima.</p></div><ol><li><b>Datang</b>Daftar dengan KTP, tunggu rata-rata 12 menit.</li><li><b>Periksa</b>Dua puluh menit penuh bersama dokter.</li><li><b>Hasil</b>Lab hari itu juga, dijelaskan dengan bahasa sehari-hari.</li><li><b>Setelahnya</b>Perawat menanyakan kabar Anda tiga hari kemudian.</li></ol></section>
<section class="visit"><div><h2>Dekat Taman Bungkul, parkir luas.</h2><dl><dt>Alamat</dt><dd>Jl. Raya Darmo 112, Surabaya 60241</dd><dt>Senin–Sabtu</dt><dd>07.00–21.00</dd><dt>Minggu</dt><dd>08.00–14.00</dd><dt>WhatsApp</dt><dd>0812 3300 4420</dd></dl></div><div class="pic">${cityMap()}</div></section>
<footer><span>Klinik Keluarga Praktika, izin Dinkes Surabaya 503.446/118</span><span>Kebijakan privasi</span></footer>`

export const praktika: Site = {
  slug: 'praktika',
  plan: 'company',
  name: 'Praktika',
  describes: {
    id: 'Ramah dan jelas untuk klinik, dokter, dan kantor jasa profesional dengan jadwal dan janji temu di depan.',
    en: 'Friendly and clear, for clinics, doctors and professional practices, with schedules and appointments up front.',
  },
  palette: ['#4C63D2', '#F7F8FE', '#FF8A70', '#232A4D'],
  css,
  body,
}
