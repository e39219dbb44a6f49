// Which delivery of an order key may go, as a condition on `delivery d`: within this room only.
//
// Of one order key and recipient only the first that is unsettled or dead; without a key, each. A
// macro, since statements are literals that SqliteConnection keeps by their address.
#pragma once

#define SEKISHO_SQL_GOES_FIRST                                                             \
    "(order_key = '' OR NOT EXISTS (SELECT 1 FROM delivery e INDEXED BY delivery_order "   \
    "WHERE e.recipient = d.recipient AND e.order_key = d.order_key AND e.order_key <> '' " \
    "AND e.state IN (0, 1, 6) AND e.id < d.id)) "
