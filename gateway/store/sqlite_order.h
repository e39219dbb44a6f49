// Which deliveries may go, as conditions on `delivery d`: within this room only.
//
// Of one order key and recipient only the first that is unsettled or dead; without a key, each. A
// macro, since statements are literals that SqliteConnection keeps by their address.
#pragma once

// Of a mailbox: not of the types that parameter 5 lists, each between commas.
#define SEKISHO_SQL_NOT_BARRED                                                                    \
    "(?5 = '' OR instr(?5, ',' || (SELECT m.type FROM message m WHERE m.id = d.message) || ',') " \
    "= 0) "

#define SEKISHO_SQL_GOES_FIRST                                                             \
    "(order_key = '' OR NOT EXISTS (SELECT 1 FROM delivery e INDEXED BY delivery_order "   \
    "WHERE e.recipient = d.recipient AND e.order_key = d.order_key AND e.order_key <> '' " \
    "AND e.state IN (0, 1, 6) AND e.id < d.id)) "
