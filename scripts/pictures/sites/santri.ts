import { girih } from '../art/batik.ts'
import { rect, svg } from '../art/draw.ts'
import { dawnMosque, dayArc, niche } from '../art/mosque.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#F6EEDC;color:#173A30}
.hero{background:#0B4A38;color:#F6EEDC;position:relative;height:830px;overflow:hidden}.hero>svg.art{position:absolute;inset:0;height:830px}
header{position:relative;display:grid;grid-template-columns:1fr auto 1fr;align-items:center;padding:28px 64px;font-weight:500}header nav{display:flex;gap:34px}header nav:last-child{justify-content:flex-end}
.mark{text-align:center;font-weight:300;font-size:27px;letter-spacing:.04em}.mark b{display:block;font:600 12px Sans;letter-spacing:.02em;color:#E5C982;margin-top:-2px}
.arch{position:absolute;left:400px;top:122px;width:480px;height:708px;background:#D9BE83;clip-path:path('M0 708 V300 Q0 90 240 0 Q480 90 480 300 V708Z')}.arch>div{position:absolute;inset:12px 12px 0;clip-path:path('M0 700 V292 Q0 86 228 0 Q456 86 456 292 V700Z')}
.left,.right{position:absolute;top:250px}.left{left:64px;width:330px}.right{right:64px;width:260px}
h1{font-size:53px;font-weight:300;line-height:1.12;letter-spacing:-.035em}.left p{font-size:16.5px;line-height:1.65;color:#C4D8C8;margin:20px 0 28px;max-width:290px}
.btn{display:inline-block;background:#E5C982;color:#0B4A38;font-weight:700;padding:14px 24px;border-radius:2px}
.right h3{font-weight:600;color:#E5C982;font-size:15px}.right small{color:#A9C4B4;font-size:13px}.right ul{margin-top:14px}.right li{display:flex;justify-content:space-between;padding:11px 0;border-top:1px solid #2C6A55;font-size:16.5px}.right li.now{color:#E5C982;font-weight:700}.right li b{font-weight:500;font-variant-numeric:tabular-nums}
.key{background:#D9BE83;display:grid;grid-template-columns:repeat(4,1fr);padding:30px 64px;text-align:center}.key b{font-size:40px;font-weight:300;letter-spacing:-.04em;line-height:1.1;display:block}.key li+li{border-left:1px solid #B99A58}
h2{font-size:42px;font-weight:300;letter-spacing:-.035em;text-align:center;line-height:1.15}
.learn{padding:92px 64px 0}.learn ul{display:grid;grid-template-columns:repeat(4,1fr);gap:28px;margin-top:40px;text-align:center}.learn .pic{height:300px}.learn b{font-size:19px;font-weight:600;display:block;margin:16px 0 4px}.learn span{color:#4C6A5E;display:block;padding:0 18px}
.day{background:#0B4A38;color:#F6EEDC;margin-top:96px;padding:84px 64px 0}.day .pic{height:420px;margin-top:24px}
.kyai{display:grid;grid-template-columns:300px 1fr;gap:72px;padding:100px 150px;align-items:center}.kyai .pic{height:360px;clip-path:path('M0 360 V130 Q0 40 150 0 Q300 40 300 130 V360Z')}.kyai q{font-size:33px;font-weight:300;font-style:italic;line-height:1.35;letter-spacing:-.02em;quotes:none;display:block}.kyai p{margin-top:22px;font-weight:600}.kyai span{display:block;font-weight:400;color:#4C6A5E}
.give{background:#173A30;color:#F6EEDC;padding:64px;display:grid;grid-template-columns:1fr 1fr;gap:72px;align-items:center}.give h2{text-align:left}.give p{color:#C4D8C8;margin-top:12px;font-size:17px}.meter{height:14px;background:#2C5A4A;margin:14px 0}.meter i{display:block;height:14px;width:71%;background:#E5C982}.give div b{font-size:28px;font-weight:500}.give small{font-size:15px;color:#C4D8C8;float:right;margin-top:12px}
footer{padding:44px 64px;display:flex;justify-content:space-between;font-size:14.5px;color:#4C6A5E}
@media(max-width:600px){header{display:flex;justify-content:space-between;padding:18px 20px}header nav{display:none}.mark{text-align:left;font-size:21px}header::after{content:'';width:22px;height:14px;border-top:2px solid #E5C982;border-bottom:2px solid #E5C982}.hero{height:844px}.hero>svg.art{height:844px}.left{position:relative;top:0;left:0;width:auto;padding:10px 20px 0;text-align:center}.left p{max-width:none;margin:12px 0 18px;font-size:15px}h1{font-size:37px}.arch{transform:scale(.78);transform-origin:top left;left:8px;top:400px}.right{display:none}.key,.learn ul{grid-template-columns:1fr 1fr;padding:20px 0}.learn,.day,.give,footer{padding:32px 20px}.kyai,.give{grid-template-columns:1fr;padding:32px 20px}footer{display:block}.day .pic{height:130px}}
`

const subject = (kind: Parameters<typeof niche>[0], ground: string, line: string, name: string, text: string): string =>
  `<li><div class="pic">${niche(kind, ground, line)}</div><b>${name}</b><span>${text}</span></li>`

const body = `
<section class="hero">${svg(1280, 830, `<defs>${girih('hero-star', 96, '#0B4A38', '#14604A', 1.1)}</defs>${rect(0, 0, 1280, 830, 'url(#hero-star)')}`)}
<header><nav><a>Profil</a><a>Pendidikan</a><a>Kegiatan</a></nav><div class="mark">Nurul Santri<b>Pesantren, Jombang</b></div><nav><a>Wakaf</a><a>Kabar</a><a>Pendaftaran</a></nav></header>
<div class="arch"><div>${dawnMosque()}</div></div>
<div class="left"><h1>Mengaji,<br>mengabdi,<br>mandiri.</h1><p>Pesantren salaf dan sekolah formal di bawah satu atap, tempat 1.260 santri belajar hidup bersama.</p><a class="btn">Daftar santri baru</a></div>
<div class="right"><h3>Waktu salat hari ini</h3><small>Jombang, 24 Syakban 1447 H</small><ul><li>Subuh<b>04.12</b></li><li>Zuhur<b>11.47</b></li><li class="now">Asar<b>15.01</b></li><li>Magrib<b>18.02</b></li><li>Isya<b>19.13</b></li></ul></div></section>
<ul class="key"><li><b>1938</b>tahun berdiri</li><li><b>1.260</b>santri mukim</li><li><b>84</b>ustaz dan ustazah</li><li><b>312</b>hafiz 30 juz</li></ul>
<section class="learn"><h2>Empat jalan belajar</h2><ul>
${subject('quran', '#12664C', '#E5C982', 'Tahfiz Al-Qur’an', 'Setoran harian, sanad bersambung, target lima juz setahun.')}
${subject('kitab', '#E8D3A0', '#8A5A2B', 'Kitab kuning', 'Sorogan dan bandongan, dari Safinah sampai Ihya.')}
${subject('tani', '#CFE0C4', '#3F7A61', 'Tani dan usaha', 'Kebun, kolam, dan koperasi yang dikelola santri.')}
${subject('kaligrafi', '#F1E2C6', '#0B4A38', 'Seni dan naskah', 'Hadrah, khat, serta penulisan naskah pegon.')}
</ul></section>
<section class="day"><h2>Satu hari bersama santri</h2><div class="pic">${dayArc(
  [
    ['03.30', 'Tahajud'],
    ['05.00', 'Setoran hafalan'],
    ['07.00', 'Sekolah formal'],
    ['12.00', 'Makan bersama'],
    ['15.30', 'Kebun, olahraga'],
    ['18.15', 'Kitab kuning'],
    ['21.30', 'Istirahat'],
  ],
  '#F6EEDC',
  '#3B7A64',
  '#E5C982',
)}</div></section>
<section class="kyai"><div class="pic">${portrait({ hair: 'peci', background: '#D9BE83', shirt: '#FBF7EC', accent: '#FFFFFE', skin: 1, beard: true, glasses: true })}</div><div><q>Ilmu itu seperti air sumur: makin sering ditimba untuk orang banyak, makin jernih.</q><p>K.H. Muhammad Faqih Asrori<span>Pengasuh Pesantren Nurul Santri</span></p></div></section>
<section class="give"><div><h2>Wakaf asrama putri</h2><p>Dua lantai, 24 kamar, untuk 192 santriwati. Laporan penggunaan dana terbit setiap Jumat.</p></div><div><b>Rp 2,13 miliar</b><small>dari Rp 3 miliar</small><div class="meter"><i></i></div><a class="btn">Ikut berwakaf</a></div></section>
<footer><span>Jl. Raya Ploso 41, Jombang 61453</span><span>(0321) 863 114</span><span>sekretariat@nurulsantri.ponpes.id</span></footer>`

export const santri: Site = {
  slug: 'santri',
  plan: 'sekolah',
  name: 'Santri',
  describes: {
    id: 'Teduh dan khidmat untuk pesantren dan madrasah: waktu salat, program belajar, keseharian, dan wakaf.',
    en: 'Serene and dignified, for pesantren and madrasah: prayer times, studies, daily life and endowments.',
  },
  palette: ['#0B4A38', '#F6EEDC', '#D9BE83', '#173A30'],
  css,
  body,
}
