import { bromo, paddies, reef, stupas, weaver } from '../art/wonders.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#14110F;color:#F2E6D3}
.cover{position:relative;height:878px;overflow:hidden}.cover>div{position:absolute;inset:0}.cover>.tall{display:none}.cover>.lines{inset:auto 44px 36px}
header{position:absolute;inset:0 0 auto;display:flex;justify-content:space-between;padding:26px 44px;font-size:14.5px;font-weight:500}header nav{display:flex;gap:30px}
.lines{position:absolute;left:44px;right:44px;bottom:36px;display:grid;grid-template-columns:1.5fr 1fr 1fr;gap:48px;align-items:end}
h1{font-size:50px;font-weight:300;font-style:italic;line-height:1.06;letter-spacing:-.03em}.lines p{font-size:15px;line-height:1.5;color:#EAD3BC}.lines p b{display:block;color:#F9CF86;font-weight:600}
.strip{display:flex;justify-content:space-between;align-items:center;padding:30px 44px;border-bottom:1px solid #3B332D;font-size:15px;color:#BBAA96}.strip b{color:#F2E6D3;font-weight:500}
.spread{display:grid;grid-template-columns:1fr 760px;align-items:end}.spread .pic{height:620px}.spread .t{padding:0 56px 44px 44px}
h2{font-size:54px;font-weight:200;line-height:1.05;letter-spacing:-.04em}h2 i{font-weight:300}.spread p{margin:22px 0;line-height:1.7;color:#CDBDA8;font-size:16px}.by{color:#F0A55B;font-size:14px;font-weight:500}
.trip{display:grid;grid-template-columns:1fr 1fr 1fr;gap:20px;padding:120px 44px 0}.trip li:nth-child(2){margin-top:-56px}.trip li:nth-child(3){margin-top:40px}.trip .pic{height:520px}.trip h3{font-size:29px;font-weight:300;font-style:italic;letter-spacing:-.02em;line-height:1.15;margin:16px 0 6px}.trip p{color:#BBAA96}
.quote{padding:120px 44px;display:grid;grid-template-columns:320px 1fr;gap:64px;align-items:center}.quote .pic{height:380px}.quote q{font-size:50px;font-weight:200;line-height:1.16;letter-spacing:-.035em;quotes:none}.quote p{margin-top:26px;color:#F0A55B}
.paper{background:#F2E6D3;color:#1C1714;padding:84px 44px}.paper ul{border-top:1px solid #1C1714;margin-top:34px}.paper li{display:grid;grid-template-columns:90px 1.4fr 1fr 130px;padding:19px 0;border-bottom:1px solid #D3C3AB;align-items:baseline;font-size:16px}.paper li b{font-weight:300;font-style:italic;font-size:25px;letter-spacing:-.02em}.paper li span:first-child{font-family:Mono;font-size:13px}.paper li span:last-child{text-align:right;color:#B0522B}
.issue{display:grid;grid-template-columns:300px 1fr;gap:72px;padding:96px 44px;align-items:center}.mini{height:400px;position:relative;overflow:hidden;box-shadow:0 24px 60px #000}.issue p{margin:18px 0 28px;font-size:17px;line-height:1.6;color:#CDBDA8;max-width:520px}.issue a{border:1px solid #F0A55B;color:#F0A55B;padding:14px 26px;font-weight:600;margin-right:14px}.issue a:first-of-type{background:#F0A55B;color:#14110F}
footer{padding:36px 44px;border-top:1px solid #3B332D;display:flex;justify-content:space-between;color:#9B8C7A;font-size:14px}
@media(max-width:600px){header{padding:20px}header nav a{display:none}header nav:last-child a:last-child{display:block}header nav:first-child::after{content:'Menu'}.cover{height:844px}.lines{left:20px;right:20px;bottom:28px;grid-template-columns:1fr;gap:14px}.lines p+p{display:none}.lines div+p+p{display:none}h1{font-size:38px}.spread,.trip,.quote,.issue{grid-template-columns:1fr;padding:40px 20px}.paper li{grid-template-columns:1fr}.strip,footer{display:block;padding:20px}.cover>.wide{display:none}.cover>.tall{display:block}.cover>.lines{inset:auto 20px 28px}}
`

const tall = (art: string, title: string, text: string): string =>
  `<li><div class="pic">${art}</div><h3>${title}</h3><p>${text}</p></li>`

const row = (page: string, title: string, by: string, place: string): string =>
  `<li><span>${page}</span><b>${title}</b><span>${by}</span><span>${place}</span></li>`

const body = `
<section class="cover"><div class="wide">${bromo('lensa')}</div><div class="tall">${bromo('lensa', 158)}</div><header><nav><a>Edisi</a><a>Perjalanan</a><a>Orang</a><a>Alam</a><a>Rupa</a></nav><nav><a>Cari</a><a>Langganan</a></nav></header>
<div class="lines"><h1>Sebelum matahari, Bromo milik para penjaga kuda.</h1><p><b>Selat Lembeh</b>Menyelam satu napas bersama nelayan yang berhenti memanah.</p><p><b>Sumba Timur</b>Delapan bulan untuk selembar kain, dan alasan ia tak dijual.</p></div></section>
<div class="strip"><b>Edisi 47, Februari 2026</b><span>Majalah foto perjalanan dan kebudayaan Nusantara</span><span>132 halaman, Rp95.000</span></div>
<section class="spread"><div class="t"><h2>Satu napas<br><i>di Selat Lembeh</i></h2><p>Dulu Opa Frits turun dengan panah. Sekarang ia turun dengan kamera bekas, tiga menit tanpa tabung, untuk menghitung karang yang ia tanam sendiri.</p><span class="by">Foto dan teks: Yulia Mandagi</span></div><div class="pic">${reef()}</div></section>
<ul class="trip">
${tall(weaver(), 'Kain yang tak dijual', 'Rambu Hana menenun silsilah keluarganya di Rende, Sumba Timur.')}
${tall(stupas(), 'Pukul lima di Kedu', 'Sepuluh pagi berturut-turut menunggu kabut yang sama.')}
${tall(paddies(), 'Air yang dibagi rata', 'Subak Jatiluwih menghitung musim tanpa kalender.')}
</ul>
<section class="quote"><div class="pic">${portrait({ hair: 'grey', background: '#3B2A22', shirt: '#C9B79C', skin: 2, beard: true })}</div><div><q>Foto yang baik membuat orang bertanya siapa namanya, bukan kamera apa.</q><p>Benediktus Wora, fotografer, Maumere</p></div></section>
<section class="paper"><h2>Di edisi ini</h2><ul>
${row('012', 'Penjaga kuda Lautan Pasir', 'Agung Prihantoro', 'Probolinggo')}
${row('034', 'Satu napas di Selat Lembeh', 'Yulia Mandagi', 'Bitung')}
${row('058', 'Rumah panggung terakhir', 'Rahmat Hidayat', 'Kampar')}
${row('076', 'Kain yang tak dijual', 'Maria Pandango', 'Sumba Timur')}
${row('102', 'Garam, angin, perempuan', 'Fauzan Adi', 'Sumenep')}
</ul></section>
<section class="issue"><div class="mini">${bromo('lensa', 270)}</div><div><h2>Enam edisi setahun,<br><i>di meja Anda.</i></h2><p>Dicetak di kertas daur ulang 120 gram di Yogyakarta. Setiap langganan membiayai satu lokakarya foto di sekolah pulau.</p><a>Langganan Rp510.000</a><a>Beli edisi ini</a></div></section>
<footer><span>Lensa, Jl. Prawirotaman 26, Yogyakarta</span><span>Kirim karya</span><span>Instagram, Podcast</span></footer>`

export const lensa: Site = {
  slug: 'lensa',
  plan: 'berita',
  name: 'Lensa',
  describes: {
    id: 'Sinematik dan lapang untuk majalah, fotografi, dan cerita panjang yang hidup dari gambar besar.',
    en: 'Cinematic and roomy, for magazines, photography and long stories that live on large images.',
  },
  palette: ['#14110F', '#F2E6D3', '#F0A55B', '#4A3A62'],
  css,
  body,
}
