package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsTheFirstColumnLeftAndTheOthersRight() {
    Table table = new Table("operation", "count").row("create", "7").row("x", "1234567");
    assertEquals("operation    count\ncreate           7\nx          1234567", table.toString());
  }

  @Test
  void leavesNoBlanksAtTheEnd() {
    assertEquals("a\nbb", new Table("a", "").row("bb", "").toString());
  }
}
