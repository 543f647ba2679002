// Written by .ci/zone-table.py from tzdata 2025b, which is in the public domain; not to be edited by hand.

extension BuiltInZones {
  static let part3 = """
    Asia/Oral <+05>-5 900 18000,14400,21600 Izxc2YHP10Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0AAy1\
    1wyh0w_h1wyh0wyh1wMa0wQn1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wKe0w\
    Sj1wKe0wSj1wKe0
    Asia/Pontianak WIB-7 900 28800,25200 wFEj1
    Asia/Pyongyang KST-9 900 32400,30600 YwWM11wCZ20
    Asia/Qostanay <+05>-5 900 18000,14400,21600 Izxc2YHP10Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0\
    wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2w\
    Hk0wKe2wSj0wKe2wSj0wKe2QFGl0
    Asia/Qyzylorda <+05>-5 900 18000,21600 Izxc1YHP10Ayh1YAh0ABh1Eyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w\
    yh0wyh1w_h0wQI11wQn0wyh1wyh0wyh1wyh0wyh1wyh0w_h1wSj0wKe1wSj0wKe1wSj0wKe1wHk0wVd1wHk0wVd1wHk0wKe1wSj0wK\
    e1wSj0wKe1QKUf0
    Asia/Rangoon,Asia/Yangon,Indian/Cocos <+0630>-6:30 900 23400 -
    Asia/Sakhalin <+11>-11 900 39600,36000,43200 Qyxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0\
    wyh2wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0AAy11wKe0wSj1wKe0wHk1wVd0wHk1\
    wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31AOM10
    Asia/Samarkand <+05>-5 900 18000,21600 Izxc1YHP10Ayh1YAh0ABh1Eyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w\
    yh0wyh1w_h0wyh1wyh0
    Asia/Seoul KST-9 900 32400,36000 ABOi1wKe0wSj1wKe0
    Asia/Srednekolymsk <+11>-11 900 39600,36000,43200 Qyxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh\
    2wyh0wyh2wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0\
    wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2YSW30
    Asia/Taipei CST-8 900 28800,32400 wIN41YAh0Ayh1YAh0AHw41YP80
    Asia/Tashkent <+05>-5 900 21600,18000,25200 Ezxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0w\
    yh2wyh0wyh2wyh0wyh2w_h0AAy11
    Asia/Tbilisi <+04>-4 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wy\
    h2wyh0wyh2wyh0wyh2w_h0AAy11Uxh0Yxh1Ayh0Yxh1Ayh0Yzy12Yxh0A_h2YVR10AKe2YRj0AKe2YGk0AVd2YGk0AVd2YGk0AKe2Y\
    Rj0AKe2YRj0AKe2YM80MWb1wVd0
    Asia/Tehran <+0330>-3:30 900 12600,14400,16200,18000 KC_72w-j1yNe3wLc1wC90yLi2YUa0AEh2YJh0ACHb2YFd0Ayh\
    2YDh0A-g2YDh0A-g2YDh0A-g2YDh0A-g2YDh0Ayh2YDh0A-g2YDh0A-g2YDh0A-g2YDh0Ayh2YDh0A-g2YDh0A-g2YDh0A-g2YDh0A\
    yh2YDh0AJR22YDh0Ayh2YDh0A-g2YDh0A-g2YDh0A-g2YDh0Ayh2YDh0A-g2YDh0A-g2YDh0A-g2YDh0Ayh2YDh0A-g2YDh0A-g2YD\
    h0A-g2YDh0Ayh2YDh0A-g2YDh0
    Asia/Thimbu,Asia/Thimphu <+06>-6 900 19800,21600 GR-i1
    Asia/Tokyo JST-9 900 32400 -
    Asia/Tomsk <+07>-7 900 25200,21600,28800 Azxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2\
    wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0w\
    Vd2wHk0wKe2wZ20AVg1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31ALS10
    Asia/Ust-Nera <+10>-10 900 32400,36000,39600,43200 Yyxc3QAh2Ayh3YAh2Ayh3YAh2ABh3Eyh2wyh3wyh2wyh3wyh2wy\
    h3wyh2wyh3wyh2wyh3wyh2wyh3w_h2AAy11wMa2YN63wyh2wyh3wyh2wyh3wyh2wyh3wyh2w_h3wSj2wKe3wSj2wKe3wSj2wKe3wHk\
    2wVd3wHk2wVd3wHk2wKe3wSj2wKe3wSj2wKe3wHk2wVd3wHk2wVd3wHk2wVd3wHk2wKe3wSj2wKe3wSj2wKe3wHk2wVd3QZf2IVG31
    Asia/Vladivostok <+10>-10 900 36000,32400,39600 Uyxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2w\
    yh0wyh2wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wV\
    d2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2YSW30
    Asia/Yakutsk <+09>-9 900 32400,28800,36000 Yyxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wy\
    h2wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk\
    0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2YSW30
    Asia/Yekaterinburg <+05>-5 900 18000,14400,21600 Izxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2\
    wyh0wyh2wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0w\
    Vd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2YSW30
    Asia/Yerevan <+04>-4 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wy\
    h2wyh0wyh2wyh0wyh2w_h0AAy11wyh0wyh1wyh0wyh1wyh0wyh1wyh0YYA22wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wKe2wS\
    j0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0
    Atlantic/Azores <-01>1<+00>,M3.5.0/0,M10.5.0/1 900 -3600,0,3600 A-yd1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1w\
    yh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0AN81YM82wP71wL90wyh1wyh0wyh1wyh0w_h1
    Atlantic/Bermuda AST4ADT,M3.2.0,M11.1.0 900 -14400,-10800 U+P41Yxh0Ayh1Yxh0Ayh1YSh0AJg1YSh0Ayh1Yxh0Ayh\
    1Yxh0Ayh1Yxh0Ayh1Yxh0Ayh1YSh0AJg1YSh0Ayh1Yxh0Ayh1Yxh0Ayh1Yxh0Azf1Ywj0Azf1YRj0AKe1YRj0AKe1YRj0Azf1Ywj0A\
    zf1Ywj0Azf1YRj0AKe1YRj0AKe1YRj0Azf1Ywj0Azf1Ywj0Azf1Ywj0Azf1YRj0AKe1YRj0AKe1YRj0Azf1Ywj0Azf1Ywj0Azf1YRj\
    0AKe1YRj0AKe1YRj0ALc1
    Atlantic/Canary WET0WEST,M3.5.0/1,M10.5.0 900 0,3600 wI-a1AJg0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0\
    wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Atlantic/Cape_Verde <-01>1 900 -7200,-3600 M+F61
    Atlantic/Faeroe,Atlantic/Faroe WET0WEST,M3.5.0/1,M10.5.0 900 0,3600 A.wc1wyh0wyh1wyh0wyh1wyh0wyh1w_h0w\
    yh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Atlantic/Madeira WET0WEST,M3.5.0/1,M10.5.0 900 0,3600 wQzd1wJg0wyh1wyh0wyh1w_h0wyh1wyh0wyh1Ayh0wyh1wyh\
    0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Atlantic/South_Georgia,Etc/GMT+2 <-02>2 900 -7200 -
    Atlantic/Stanley <-03>3 900 -14400,-10800,-7200 MIEe1YUd2YGk1AAd2Y-k1ALx10AVd1YGk0AVd1YGk0AVd1YGk0AVd1\
    Y-k0AAd1Y-k0AVd1YGk0AVd1YGk0AVd1YGk0AVd1YGk0AVd1Y-k0AVd1YGk0AVd1YGk0AVd1YGk0AVd1YGk0AVd1AHk0AAd1YQl0AL\
    c1YQl0AAd1Y-k0AAd1Y-k0AAd1Y-k0AAd1Y-k0AAd1YQl0AAd1Y-k0AAd1Y-k0AAd1
    Australia/ACT,Australia/Canberra,Australia/NSW,Australia/Sydney AEST-10AEDT,M10.1.0,M4.1.0/3 900 36000\
    ,39600 wP+11wBb0w-m1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wzf0wSj1wW\
    b0wGm1wWb0wGm1wWb0wGm1wAd0wHk1wVd0wwl1wVd0wwl1wAd0wwl1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1\
    wKe0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wKe1wSj0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wKe0wSj1wVd0wHk1
    Australia/Adelaide,Australia/South ACST-9:30ACDT,M10.1.0,M4.1.0/3 900 34200,37800 yP+11wBb0w-m1wWb0wGm\
    1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wAd0w\
    Hk1wVd0wwl1wVd0wwl1wAd0wwl1wAd0wwl1wWb0wGm1wVd0wHk1wLc0wGm1wAd0wwl1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wSj1wKe\
    0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wKe0wSj1wVd0wHk1
    Australia/Brisbane,Australia/Queensland AEST-10 900 36000,39600 wP+11wBb0wyZi1wWb0wGm1wWb0wGm1wWb0
    Australia/Broken_Hill,Australia/Yancowinna ACST-9:30ACDT,M10.1.0,M4.1.0/3 900 34200,37800 yP+11wBb0w-m\
    1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wzf0wSj1wWb0wGm1wWb0wGm1wWb0w\
    Gm1wAd0wHk1wVd0wwl1wVd0wwl1wAd0wwl1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wKe0wSj1wKe0wSj1wKe\
    0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wKe0wSj1wVd0wHk1
    Australia/Currie,Australia/Hobart,Australia/Tasmania AEST-10AEDT,M10.1.0,M4.1.0/3 900 39600,36000 wB61\
    wRl0wAd1wRl0wBb1w-m0wWb1wGm0wWb1wGm0wWb1wGm0wLc1wGm0wWb1wGm0wWb1wGm0wWb1wGm0wWb1wGm0wWb1wGm0wKe1wHk0wV\
    d1wHk0wWb1wGm0wWb1wGm0wWb1wRl0wVd1wwl0wVd1wwl0wAd1wwl0wAd1wwl0wKe1w_h0wJg1w_h0wJg1w_h0wJg1w_h0wJg1w_h0\
    wyh1w_h0wJg1w_h0wJg1w_h0wJg1w_h0wJg1wKe0wSj1wIi0wJg1w_h0wJg1w_h0wJg1w_h0wJg1w_h0wyh1wyh0wJg1wIi0
    Australia/Darwin,Australia/North ACST-9:30 900 34200 -
    Australia/Eucla <+0845>-8:45 900 31500,35100 B-A51wWb0wQE91wWb0wWD81w.90wGVf1wMa0wHk1wKe0wSj1wKe0
    Australia/LHI,Australia/Lord_Howe <+1030>-10:30<+11>-11,M10.1.0,M4.1.0 900 36000,37800,39600,41400 UB+\
    b1CGm3YKc1AGm3YVb1AGm3YVb1AGm3YVb1AGm2+zd1yHk2+Ud1ywl2+Ud1ywl2+zd1ywl2+Vb1yGm2+Vb1yGm2+Vb1yGm2+Kc1yGm2\
    +Vb1yGm2+Vb1yGm2+Je1ySj2+Je1ySj2+Je1ySj2+Je1yHk2+Ud1yKe2+Rj1yHk2+Je1ySj2+Je1ySj2+Je1yHk2+Ud1yHk2+Je1yS\
    j2+Ud1yHk2
    Australia/Lindeman AEST-10 900 36000,39600 wP+11wBb0wyZi1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0
    Australia/Melbourne,Australia/Victoria AEST-10AEDT,M10.1.0,M4.1.0/3 900 36000,39600 wP+11wBb0w-m1wWb0w\
    Gm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wAd\
    0wHk1wVd0wHk1wKe0wwl1wAd0wwl1wAd0wwl1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wSj1w\
    Ke0wHk1wVd0wKe1wSj0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wKe0wSj1wVd0wHk1
    Australia/Perth,Australia/West AWST-8 900 28800,32400 E-A51wWb0wQE91wWb0wWD81w.90wGVf1wMa0wHk1wKe0wSj1\
    wKe0
    Chile/EasterIsland,Pacific/Easter <-06>6<-05>,M9.1.6/22,M4.1.6/22 900 -21600,-25200,-18000 IB81AIi0YJe\
    1ASj0YJe1AHk0YUd1Axj0Yyf1AHk0YUd1AHk0YJe1ASj0YJe1ASj0YJe1AHk0YUd1AHk0YUd1AHk0YJe1ASj0wAy12YJe0ASj2YJe0\
    AHk2YUd0AHk2YUd0AHk2Yxh0Ayh2YJe0ASj2YJe0AHk2YUd0A_h2YIg0AHk2YJe0ASj2YJe0ASj2YJe0ASj2YJe0AHk2YUd0AHk2Y_\
    f0AIi2YJe0AIi2YSh0A_h2YJe0AHk2YUd0AHk2YUd0AHk2YUd0AHk2YJe0ASj2YJe0ASj2YJe0AHk2YUd0AHk2Y_f0AIi2YJe0ASj2\
    YIg0A_h2YRj0A.92YPn0AWb2YFm0ALc2YQl0ALc2Y_V10AN82YOp0AN82YOp0AN82YFm0AKe2YRj0AKe2YRj0AKe2YRj0Azf2
    Etc/GMT+1 <-01>1 900 -3600 -
    Etc/GMT+10,Pacific/Tahiti <-10>10 900 -36000 -
    Etc/GMT+11,Pacific/Niue <-11>11 900 -39600 -
    Etc/GMT+12 <-12>12 900 -43200 -
    Etc/GMT+5 <-05>5 900 -18000 -
    Etc/GMT+6 <-06>6 900 -21600 -
    Etc/GMT+7 <-07>7 900 -25200 -
    Etc/GMT+8 <-08>8 900 -28800 -
    Etc/GMT+9,Pacific/Gambier <-09>9 900 -32400 -
    Etc/GMT-1 <+01>-1 900 3600 -
    Etc/GMT-11,Pacific/Guadalcanal,Pacific/Pohnpei,Pacific/Ponape <+11>-11 900 39600 -
    Etc/GMT-12,Pacific/Funafuti,Pacific/Majuro,Pacific/Tarawa,Pacific/Wake,Pacific/Wallis <+12>-12 900 432\
    00 -
    Etc/GMT-13 <+13>-13 900 46800 -
    Etc/GMT-14 <+14>-14 900 50400 -
    Etc/GMT-2 <+02>-2 900 7200 -
    Etc/GMT-5,Indian/Kerguelen,Indian/Maldives <+05>-5 900 18000 -
    Etc/GMT-9,Pacific/Palau <+09>-9 900 32400 -
    Etc/UCT,Etc/UTC,Etc/Universal,Etc/Zulu,UTC UTC0 900 0 -
    Europe/Amsterdam,Europe/Brussels,Europe/Luxembourg CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 AHU71wJg0w\
    _h1wyh0wyh1wyh0w_h1wJg0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h\
    0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Andorra CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 AwGg1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w\
    _h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Astrakhan <+04>-4 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wy\
    h0wyh2wyh0AAy11wyh0w_h1wyh0wCP11wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wH\
    k1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31AOM10
    Europe/Athens EET-2EEST,M3.5.0/3,M10.5.0/4 900 7200,10800 UQQ51wIl0E.c1wyh0wJg1wMg0wQh1AJg0U_h1w+g0YGh\
    1Y.g0Myh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0w\
    yh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Belfast,Europe/Guernsey,Europe/Isle_of_Man,Europe/Jersey,Europe/London GMT0BST,M3.5.0/1,M10.5.\
    0 900 3600,0 EQ+11wAd0wwl1wAd0wwl1wAd0wwl1wAd0wwl1wVd0wHk1wVd0wHk1wVd0wwl1wAd0wwl1wAd0wwl1YJe0wSj1wKe0\
    wSj1wKe0wSj1wKe0wHk1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wSj1wK\
    e0wSj1wzf0
    Europe/Belgrade,Europe/Ljubljana,Europe/Podgorica,Europe/Sarajevo,Europe/Skopje,Europe/Zagreb CET-1CES\
    T,M3.5.0,M10.5.0/3 900 3600,7200 AzBe1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1\
    wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Bratislava,Europe/Prague CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 APY91wyh0w_h1wJg0wyh1wyh0wyh1\
    wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wy\
    h1wyh0w_h1
    Europe/Bucharest EET-2EEST,M3.5.0/3,M10.5.0/4 900 7200,10800 UWxa1YVb0w_h1AJg0Eyh1wyh0wyh1wyh0wyh1wyh0\
    wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0Uxh1wyh0wyh1wyh0wyh1wyh0wyh1Yxh0Ayh1Yxh0A_h1YR\
    j0MKe1
    Europe/Budapest CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 YH-a1wJg0wyh1wyh0wyh1wyh0wyh1wyh0Eyh1w_h0wyh1\
    wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Busingen,Europe/Vaduz,Europe/Zurich CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 A.wc1wyh0wyh1wyh0w\
    yh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh\
    0w_h1
    Europe/Chisinau,Europe/Tiraspol EET-2EEST,M3.5.0,M10.5.0/3 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2Y\
    Ah0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2YZ30EVd1wyh0wyh1Uxh0Yxh1Ayh0Yxh1Ayh0Yxh1Ayh0Yxh\
    1A_h0YRj1IKe0
    Europe/Dublin IST-1GMT0,M10.5.0,M3.5.0/1 900 3600,0 EQ+11wAd0wwl1wAd0wwl1wAd0wwl1wAd0wwl1wVd0wHk1wVd0w\
    Hk1wVd0wwl1wAd0wwl1wAd0wwl1YJe0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd\
    0wHk1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wSj1wKe0wSj1wzf0
    Europe/Gibraltar CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 A-yd1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh\
    1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Helsinki,Europe/Mariehamn EET-2EEST,M3.5.0/3,M10.5.0/4 900 7200,10800 w.wc1wyh0wyh1wyh0Ayh1wyh0\
    wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Kaliningrad EET-2 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh\
    0wyh2wyh0AAy11wyh0w_h1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1\
    wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31
    Europe/Kiev,Europe/Kyiv,Europe/Uzhgorod,Europe/Zaporozhye EET-2EEST,M3.5.0/3,M10.5.0/4 900 10800,7200,\
    14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2YB90ERG11wyh0wyh1wy\
    h0wyh1wyh0wyh1wyh0wyh1w_h0ASj1
    Europe/Kirov MSK-3 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2\
    wyh0AAy11wyh0w_h1wyh0wCP11wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wKe0\
    wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31
    Europe/Lisbon WET0WEST,M3.5.0/1,M10.5.0 900 3600,0,7200 wQC71wyh0wyh1A_h0wyh1wyh0wyh1w_h0wJg1Yxh0wyh1w\
    yh0wyh1wyh0wyh1wyh0w_h1wyh0wyh1Ayh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1wyh0wyh1wyh0wAy12wyh0wyh2wyh0wy\
    h2wyh0wJB11
    Europe/Madrid CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 UPO41AJg0YSh1AJg0YIg1Ayh0YSh1AJg0E_h1wyh0wyh1wy\
    h0w_h1wJg0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1\
    wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Malta CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 Yxe1wBb0wGm1wWb0w-m1wWb0w-g1wyh0wAj1wYd0EEk1YJe0\
    ASj1YJe0ASj1YJe0ASj1YJe0ASj1YJe0ALi1YFg0A_h1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wy\
    h0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Minsk <+03>-3 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh\
    2wyh0wyh2wyh0AZA21wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wKe0\
    wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0
    Europe/Monaco,Europe/Paris CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 wOR61Yxh0E_h1wJg0w_h1wyh0wyh1wyh0w\
    _h1wJg0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh\
    0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Moscow MSK-3 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2\
    wyh0wyh2wyh0wyh2w_h0AAy11wMa0YN62wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0w\
    Vd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2YSW30
    Europe/Riga EET-2EEST,M3.5.0/3,M10.5.0/4 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh\
    0wyh2wyh0wyh2wyh0wyh2wyh0AAy11wyh0w_h1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1Ayh0wSj1wKe0wSj1\
    wKe0wHk1wZL10
    Europe/Rome,Europe/San_Marino,Europe/Vatican CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 Yxe1wBb0wGm1wWb0\
    w-m1wWb0w-m1wBb0wGm1wWb0w-m1wBb0w-m1wBb0wGm1wWb0w-m1wWb0wGm1wWb0E_h1wJg0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_\
    h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Samara <+04>-4 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0w\
    yh2wyh0AAy11wyh0w_h1AzA10Uyf2wyh0wyh2wyh0wyh2wyh0wyh2wyh0w_h2wSj0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2w\
    Hk0wKe2wSj0wKe2wSj0wKe2wHk0wVd2wHk0wVd2wHk0wVd2wHk0wKe2wSj0wKe2wSj0AVy11wVd0
    Europe/Saratov <+04>-4 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0\
    AAy11wyh0wyh1wyh0w_h1wyh0wCP11wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1\
    wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31ACE20
    Europe/Simferopol MSK-3 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0\
    wyh2wyh0wyh2wyh0wEq1A_.10wyh1wyh0wyh1wyh0QE32EVd0wyh2wyh0USh2ISj0AAy11wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1\
    wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wKe0wSj1YJe2UR\
    j0
    Europe/Sofia EET-2EEST,M3.5.0/3,M10.5.0/4 900 7200,10800 QOY91ABh0YPh1AMg0YPh1EJg0USh1IJg0wyh1wyh0wyh1\
    w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0Uxh1Yxh0Ayh1Yxh0Ayh1Yxh0Ayh1Yxh0Ayh1Yxh0A_h1YRj0MK\
    e1
    Europe/Tallinn EET-2EEST,M3.5.0/3,M10.5.0/4 900 10800,7200,14400 Qzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2\
    wyh0wyh2wyh0wyh2wyh0wyh2wyh0AAy11wyh0w_h1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0A\
    Sj1wKe0wHk1wSO20
    Europe/Tirane CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 YLQ41YAe0AVj1YJe0A-j1YJe0AHk1YUd0AEk1Y.d0AEk1Y.\
    d0AEk1YJe0AAj1YJe0AHk1YJe0ALi1YNf0ABh1Eyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1\
    wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Ulyanovsk <+04>-4 900 14400,7200,10800,18000 Mzxc3YAh0Ayh3YAh0Ayh3YAh0ABh3Eyh0wyh3wyh0wyh3wyh0w\
    yh3wyh0wyh3wyh0AAy12wyh0w_h2AAy11wMa2YN60wyh2wyh0wyh2wyh0wyh2wyh0wyh2w_h0wSj2wKe0wSj2wKe0wSj2wKe0wHk2w\
    Vd0wHk2wVd0wHk2wKe0wSj2wKe0wSj2wKe0wHk2wVd0wHk2wVd0wHk2wVd0wHk2wKe0wSj2wKe0wSj2wKe0wHk2wVd0YSW32AOM10
    Europe/Vienna CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 YH-a1YIg0Iyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wy\
    h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0w_h1
    Europe/Vilnius EET-2EEST,M3.5.0/3,M10.5.0/4 900 10800,3600,7200,14400 Qzxc3YAh0Ayh3YAh0Ayh3YAh0ABh3Eyh\
    0wyh3wyh0wyh3wyh0wyh3wyh0wyh3wyh0AAy12wyh0w_h2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2wyh0wyh2w_h0wSj2wKe0wSj2\
    AAy11wKe2wBF40
    Europe/Volgograd MSK-3 900 14400,10800,18000 Mzxc2YAh0Ayh2YAh0Ayh2YAh0ABh2Eyh0wyh2wyh0wyh2wyh0wyh2wyh0\
    AAy11wyh0wyh1wyh0w_h1wyh0wCP11wyh0wyh1wyh0wyh1wyh0wyh1w_h0wSj1wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1\
    wKe0wSj1wKe0wSj1wKe0wHk1wVd0wHk1wVd0wHk1wVd0wHk1wKe0wSj1wKe0wSj1wKe0wHk1wVd0YSW31ABF40YAG21
    Europe/Warsaw CET-1CEST,M3.5.0,M10.5.0/3 900 3600,7200 wHU71wJg0w_h1wyh0wyh1wyh0w_h1wJg0wyh1wyh0wyh1wy\
    h0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0Ayh1wyh0wyh1wyh0wyh1w_h0wyh1wyh0wyh1wyh0wyh1wyh0wyh1wyh0wyh1\
    wyh0w_h1
    Indian/Chagos <+06>-6 900 18000,21600 IDWr1
    Indian/Mauritius <+04>-4 900 14400,18000 MGRd1YBf0IRIr1YJe0
    Pacific/Apia <+13>-13 900 -39600,-36000,46800,50400 I.OH11IQh0wJg1My93MQ82wyh3w_h2wJg3w_h2wJg3w_h2wJg3\
    w_h2wJg3w_h2wJg3w_h2wyh3w_h2wJg3w_h2wJg3w_h2
    Pacific/Bougainville <+11>-11 900 36000,39600 wLAM11
    Pacific/Chatham <+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45 900 45900,49500 UPB51wMa0w-m1wLc0wGm1wWb0\
    wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wWb0wGm1wLc0wGm1wWb0wHk1wz\
    f0wxj1wzf0wxj1wzf0wxj1wUf0wIi1wUf0wIi1wUf0wIi1wUf0wxj1wzf0wxj1wzf0wxj1wUf0wIi1wUf0wIi1wUf0wxj1wzf0wxj1\
    wzf0wxj1wUf0wIi1wUf0wIi1wUf0wIi1wUf0wIi1
    Pacific/Efate <+11>-11 900 39600,43200 MyE41wC90A.Aa1Yxh0Ayh1Yxh0A_h1YIg0A_h1Yxh0Ayh1Yxh0Ayh1Yxh0Ayh1Y\
    xh0Ayh1Yxh0A_h1YAb0APp1YM80
    Pacific/Enderbury,Pacific/Kanton <+13>-13 900 -43200,-39600,46800 MVJa1YBGg2
    Pacific/Fakaofo <+13>-13 900 -39600,46800 I-ZI11
    Pacific/Fiji <+12>-12 900 43200,46800 UD.u1wBb0wQn1wMa0wxKa1wBb0wSj1wLc0wRl1wN80wPp1wN80wEq1Y.70AZq1wD\
    70wZq1wD70wOr1wO60wOr1wO60wOr1wO60wDs1wZ50wBw11wQ20
    Pacific/Galapagos <-06>6 900 -18000,-21600 QYzh1ANI70YK61
    Pacific/Guam,Pacific/Saipan ChST-10 60 36000,39600 wEx51A-W50YYAa1A-W50YKPA11AIy30Y-zA11BS.30.OUa1AAN5\
    0
    Pacific/Honolulu,Pacific/Johnston,US/Hawaii HST10 900 -36000 -
    Pacific/Kiritimati <+14>-14 60 -38400,-36000,50400 wYKY41UUUQ72
    Pacific/Kosrae <+11>-11 900 43200,39600 M+wv1
    Pacific/Kwajalein <+12>-12 900 -43200,43200 MIFp1
    Pacific/Marquesas <-0930>9:30 900 -34200 -
    Pacific/Midway,Pacific/Pago_Pago,Pacific/Samoa,US/Samoa SST11 900 -39600 -
    Pacific/Nauru <+12>-12 900 41400,43200 W._91
    Pacific/Norfolk <+11>-11<+12>,M10.1.0,M4.1.0/3 900 41400,39600,43200,45000 W+A53wWb0w+JH11yBF42
    Pacific/Noumea <+11>-11 900 39600,43200 QEL81Y+70ABq1Yx80IBwj1wN80
    Pacific/Pitcairn <-08>8 900 -30600,-28800 ySFu1
    Pacific/Rarotonga <-10>10 900 -37800,-36000,-34200 GML92YLa1yGm2+Vb1yGm2+Vb1yGm2+Kc1yGm2+Vb1yGm2+Vb1yG\
    m2+Vb1yGm2+Vb1yGm2+Vb1yGm2+Kc1yGm2+Vb1yGm2+Vb1yGm2+Vb1
    Pacific/Tongatapu <+13>-13 900 46800,50400 Qz.v1wIf0wRl1Y.70AEq1Y.70A-Vf1wO60

    """
}
