-- the digest of abc is the example of FIPS 180-4; Korean is hashed as UTF-8
with

cases as (
    select
        'abc' as text,
        'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a'
        || '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f' as expected
    union all
    select
        '' as text,
        'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce'
        || '47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e' as expected
    union all
    select
        '가' as text,
        'f6557866d7e88a7ccfb1aa89059108772fc7adb14a1edcd63d42d70d96b37d20'
        || 'a10c70e488390204e159c543d7fa19665e8548886c1b4525af9712af61d9f2d4' as expected
    union all
    select
        null as text,
        null as expected,
)

select *
from cases
where {{ sha512_hex('text') }} is distinct from expected
